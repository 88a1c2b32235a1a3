// An empty script is no crash.
