//// a misspelt tool in a method
//~ throws get_isue
class Repository {
  constructor(private readonly number: number) {}

  async load() {
    return tracker.get_isue({ number: this.number }); //~ error get_isue get_issue
  }
}

return (await new Repository(1).load()).title;

//// a misspelt property of what a field keeps
//~ gives {} instead of {"count":3}
class Board {
  result: any;

  async load() {
    this.result = await tracker.list_issues({ state: "open" });
    return this;
  }

  get count() {
    return this.result.totl; //~ warning totl total
  }
}

const board = await new Board().load();
return { count: board.count };

//// an async method that nobody awaits
//~ gives 0 instead of 3
class Board {
  issues: { number: number }[] = [];

  async load() {
    const { issues } = await tracker.list_issues({ state: "open" });
    this.issues = issues;
  }
}

const board = new Board();
board.load(); //~ warning load
return board.issues.length;

//// a private field that keeps a promise
//~ throws city
class Customer {
  #data = crm.get_customer({ id: "c1" });

  get city() {
    return this.#data.address.city; //~ error address
  }
}

return new Customer().city;

//// an inherited method that gives a promise
//~ throws map
class Source {
  protected fetch(filter: object) {
    return tracker.list_issues(filter);
  }
}

class Bugs extends Source {
  async titles() {
    const { issues } = this.fetch({ label: "bug" }); //~ error issues
    return issues.map((issue) => issue.title);
  }
}

return new Bugs().titles();

//// a static method with a value out of the enum
//~ throws state
class Issues {
  static #limit = 10;

  static async open() {
    const { issues } = await tracker.list_issues({ //~ error state
      project: "web",
      state: "opened",
      limit: Issues.#limit,
    });
    return issues;
  }
}

return (await Issues.open()).length;

//// a required argument left out in a setter's helper
//~ throws status
class Order {
  constructor(readonly id: string) {}

  async pay() {
    const order = await crm.set_order_status({ id: this.id }); //~ error status
    return order.status;
  }
}

return new Order("o2").pay();

//// a getter's promise as text
//~ gives "cpu: [object Promise]" instead of "cpu: 0.75"
class Meter {
  constructor(readonly name: string) {}

  get reading() {
    return metrics.latest({ metric: "cpu" });
  }

  toString() {
    return `${this.name}: ${this.reading}`; //~ warning
  }
}

return String(new Meter("cpu"));

//// a server that is not there, behind a class
//~ throws wiki
class Pages {
  static async count() {
    const { pages } = await wiki.list_pages({ space: "docs" }); //~ error wiki
    return pages.length;
  }
}

class Summary extends Pages {
  static override async count() {
    return { pages: await super.count() };
  }
}

return Summary.count();

//// forEach with an async arrow in a method
//~ gives [] instead of [["1",2],["2",0],["4",3]]
class Counter {
  readonly counts: Record<number, number> = {};

  async fill() {
    const { issues } = await tracker.list_issues({ state: "open" });
    issues.forEach(async (issue) => { //~ warning forEach
      const { total } = await tracker.list_comments({ issue: issue.number });
      this.counts[issue.number] = total;
    });
    return Object.entries(this.counts);
  }
}

return new Counter().fill();

//// a wrapper around rows with the wrong name of a field
//~ gives [null,null] instead of ["2026-03-01T09:00:00Z","2026-03-02T10:30:00Z"]
class Issue {
  constructor(private readonly raw: any) {}

  get created(): string {
    return this.raw.createdAt; //~ warning createdAt created_at
  }
}

const { issues } = await tracker.list_issues({ project: "web", state: "open" });
return issues.map((raw) => new Issue(raw)).map((issue) => issue.created);

//// a private async method whose promise becomes an argument
//~ throws promise
class Newest {
  async #number() {
    const { issues } = await tracker.list_issues({ project: "api" });
    return issues.at(-1).number;
  }

  async comments() {
    const { comments } = await tracker.list_comments({ issue: this.#number() }); //~ error issue promise
    return comments.map((comment) => comment.body);
  }
}

return new Newest().comments();

//// a subclass that adds to what super does not await
//~ throws iterable
class Files {
  list(path: string) {
    return files.list_directory({ path });
  }
}

class Notes extends Files {
  override async list(path = "/notes") {
    return [...super.list(path), "new.txt"]; //~ error
  }
}

return new Notes().list();
