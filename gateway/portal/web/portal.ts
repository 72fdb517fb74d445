// Everything here is comfort: each page works without it.
import { enhanceDeciding } from "./deciding";
import { enhanceLive } from "./live";
import { enhanceSending } from "./sending";
import { enhanceSession } from "./session";

if (document.body.dataset["csrf"] !== undefined) {
    enhanceSession();
    enhanceLive();
    enhanceSending();
    enhanceDeciding();
}
document.getElementById("problem")?.focus();
