// An `AbortController` tells its listeners.
// @expect {"aborted":true,"heard":"AbortError"}
const controller = new AbortController();
let heard = "";
controller.signal.addEventListener("abort", () => (heard = controller.signal.reason.name));
controller.abort();
return { aborted: controller.signal.aborted, heard };
