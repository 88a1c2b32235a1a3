// An endless loop ends with the engine time limit.
// @fails
// @within 11
// @number 10 10.5 engine time limit reached: 10 s allowed, _ s used
while (true);
