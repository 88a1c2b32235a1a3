// A buffer larger than memory is an error.
// @fails
// @expect RangeError: 
// @expect at 5:8
return new ArrayBuffer(2 ** 31).byteLength + new ArrayBuffer(2 ** 32 - 1).byteLength;
