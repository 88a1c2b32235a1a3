// Timers fire in the order of their times; cleared ones do not.
// @expect ["10","20","interval 1","interval 2"]
const seen: string[] = [];
setTimeout(() => seen.push("20"), 20);
setTimeout(() => seen.push("10"), 10);
clearTimeout(setTimeout(() => seen.push("never"), 1));
await new Promise<void>((done) => {
  let n = 0;
  const interval = setInterval(() => {
    seen.push(`interval ${++n}`);
    if (n === 2) {
      clearInterval(interval);
      done();
    }
  }, 30);
});
return seen;
