// Says in time that a session is about to end, and lets people stay (WCAG 2.2.1).
import { ask, sessionOver } from "./api";
import { lastActivity } from "./live";
import { word } from "./words";

const idleWarning = 20 * 60_000; // milliseconds without a sign of life; the server's own limit is 30 minutes
const endWarning = 5 * 60_000; // before the longest session ends

class Warning {
    private readonly dialog = document.createElement("dialog");
    private readonly text = document.createElement("p");
    private readonly button = document.createElement("button");
    private action: () => void = () => undefined;

    constructor() {
        this.text.id = "session-text";
        this.button.type = "button";
        this.button.className = "primary";
        this.button.addEventListener("click", () => {
            this.dialog.close();
            this.action();
        });
        this.dialog.className = "session";
        this.dialog.setAttribute("aria-labelledby", this.text.id);
        this.dialog.append(this.text, this.button);
        document.body.append(this.dialog);
    }

    show(text: string, label: string, action: () => void): void {
        this.text.textContent = text;
        this.button.textContent = label;
        this.action = action;
        if (!this.dialog.open) this.dialog.showModal();
    }
    get open(): boolean {
        return this.dialog.open;
    }
}

export function enhanceSession(): void {
    const seconds = Number(document.body.dataset["secondsLeft"]);
    if (document.body.dataset["secondsLeft"] === undefined) return;
    const warning = new Warning();
    let over = false;
    document.addEventListener(sessionOver, () => {
        over = true;
        warning.show(word("session_over"), word("close"), () => location.assign("/login"));
    });
    setTimeout(() => {
        if (!over) warning.show(word("session_limit"), word("close"), () => undefined);
    }, Math.max(0, seconds * 1000 - endWarning));
    setInterval(() => {
        if (over || warning.open || Date.now() - lastActivity() < idleWarning) return;
        warning.show(word("session_soon"), word("session_stay"), () => {
            ask("GET", "/api/v1/session").catch(() => undefined);
        });
    }, 15_000);
}
