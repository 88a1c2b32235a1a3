//// misspelt property of a result
//~ gives [null,null] instead of ["Login fails on Safari","Dark mode"]
const { issues } = await tracker.list_issues({ project: "web", state: "open" });
return issues.map((issue) => issue.titel); //~ warning titel title

//// unknown tool
//~ throws list_isues
return (await tracker.list_isues({ state: "open" })).total; //~ error list_isues list_issues

//// a call without await
//~ throws await
const answer = tracker.list_issues({ state: "open" });
return answer.issues.length; //~ error issues await

//// a comment that is not waited for
//~ gives 2 instead of 3
tracker.add_comment({ issue: 1, body: "Me too." }); //~ warning add_comment
return (await tracker.get_issue({ number: 1 })).comments;
