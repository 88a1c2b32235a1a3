// Async recursion without end.
// @fails
// @expect calls are nested deeper than 20000
const again = async (n: number): Promise<number> => 1 + (await again(n + 1));
return await again(0);
