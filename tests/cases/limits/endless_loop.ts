// An endless loop ends with the engine time limit.
// @fails
// @within 14
// @expect engine time limit reached: 10 s allowed
while (true);
