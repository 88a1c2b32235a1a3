// Numbers, money and dates in US English, in UTC.
// @expect {"number":"1,234,567.891","money":"$1,234.50","percent":"46%","date":"3/7/2026","time":"3/7/2026, 1:05:00 PM","long":"Saturday, March 7, 2026"}
const date = new Date("2026-03-07T13:05:00Z");
return {
  number: (1234567.891).toLocaleString(),
  money: (1234.5).toLocaleString("en-US", { style: "currency", currency: "USD" }),
  percent: new Intl.NumberFormat("en-US", { style: "percent" }).format(0.456),
  date: date.toLocaleDateString(),
  time: date.toLocaleString("en-US"),
  long: date.toLocaleDateString("en-US", { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
};
