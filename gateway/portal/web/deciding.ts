// Approving and sending back without leaving the page.
import { ApiError, askJson } from "./api";
import { announce } from "./announce";
import { refresh } from "./live";
import { problem, word } from "./words";

async function decide(form: HTMLFormElement, approve: boolean): Promise<void> {
    const fields = new FormData(form);
    const password = String(fields.get("password") ?? "");
    if (password !== "") await askJson("POST", "/api/v1/session/confirm", { password });
    const path = form.action.replace("/transfers/", "/api/v1/transfers/").replace(/\/decide$/, "/decision");
    await askJson("POST", new URL(path).pathname, { approve, reason: String(fields.get("reason") ?? "") });
}

async function submit(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
    const buttons = form.querySelectorAll("button");
    buttons.forEach((each) => (each.disabled = true));
    announce(word("working"), true);
    try {
        await decide(form, button.value === "yes");
        announce(button.value === "yes" ? word("approved") : word("returned"), true);
        form.querySelectorAll<HTMLElement>("textarea, input").forEach((each) => each.blur());
        await refresh();
        document.getElementById("main")?.focus();
    } catch (error) {
        buttons.forEach((each) => (each.disabled = false));
        announce(problem(error instanceof ApiError ? error.code : "network"), true);
        button.focus();
    }
}

export function enhanceDeciding(): void {
    // On the document: the form itself is replaced when the page is refreshed.
    document.addEventListener("submit", (event) => {
        const form = event.target;
        const button = event.submitter;
        if (!(form instanceof HTMLFormElement) || form.id !== "decide") return;
        if (!(button instanceof HTMLButtonElement)) return;
        event.preventDefault();
        void submit(form, button);
    });
}
