//// counts open issues by label
//~ returns {"bug":2,"auth":1,"feature":1,"export":1}
const { issues } = await tracker.list_issues({ state: "open" });
const counts: Record<string, number> = {};
for (const issue of issues) for (const label of issue.labels) counts[label] = (counts[label] ?? 0) + 1;
return counts;
