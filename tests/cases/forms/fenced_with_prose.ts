// Text around the fence is left out.
// @strip
// @expect fenced
Here is the script:

```javascript
return "fenced";
```

It returns a word.
