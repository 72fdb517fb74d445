// Live states: waits for a change at the API, then fetches the page again and puts its live parts in place. One
// renderer, the server's, so that a page with script and one without show the same.
import { ApiError, ask, sessionOver } from "./api";
import { announce } from "./announce";
import { word } from "./words";

// Waiting counts as use of the session: nobody there, nobody waits.
const presence = 10 * 60_000; // milliseconds
let lastSeen = Date.now();

export function lastActivity(): number {
    return lastSeen;
}

function put(fresh: Element): boolean {
    const old = fresh.id === "" ? null : document.getElementById(fresh.id);
    if (old === null || old.innerHTML === fresh.innerHTML) return false;
    if (old.querySelector("textarea:focus, input:focus") !== null) return false; // somebody is writing there
    const focused = document.activeElement;
    const address = focused !== null && old.contains(focused) ? focused.getAttribute("href") : null;
    const written = old.querySelector("textarea")?.value ?? "";
    old.replaceWith(document.adoptNode(fresh));
    const area = fresh.querySelector("textarea");
    if (area !== null && written !== "") area.value = written;
    if (address !== null) fresh.querySelector<HTMLElement>(`[href="${CSS.escape(address)}"]`)?.focus();
    return true;
}

let last: Promise<unknown> = Promise.resolve();

/** Fetches this page anew; returns whether anything of it changed. One at a time: an older answer that arrives later
 *  must not replace a newer one. */
export function refresh(): Promise<boolean> {
    const next = last.then(fetchPage);
    last = next.catch(() => undefined);
    return next;
}

async function fetchPage(): Promise<boolean> {
    const page = new URL(location.href);
    page.searchParams.delete("done");
    const response = await fetch(page, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`the page was answered with ${response.status}`);
    if (new URL(response.url).pathname !== page.pathname) {
        document.dispatchEvent(new Event(sessionOver)); // sent to the log-in page
        return false;
    }
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    const changes = Array.from(parsed.querySelectorAll("[data-live]")).map(put);
    return changes.includes(true);
}

async function newestVersion(): Promise<number> {
    const shown = document.querySelector<HTMLElement>("[data-version]")?.dataset["version"];
    if (shown !== undefined) return Number(shown);
    const list: unknown = await (await ask("GET", "/api/v1/transfers?most=1")).json();
    return Number((list as { version: number }).version);
}

async function waitForChange(since: number): Promise<number> {
    const changed: unknown = await (await ask("GET", `/api/v1/changes?since=${since}`)).json();
    return Number((changed as { version: number }).version);
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function follow(): Promise<void> {
    let version: number | undefined;
    let pause = 1_000;
    for (;;) {
        if (document.hidden || Date.now() - lastSeen > presence) {
            await sleep(1_000);
            continue;
        }
        try {
            version ??= await newestVersion();
            const next = await waitForChange(version);
            // Also when nothing is said to have changed: what could not be put in place last time is tried again.
            if (await refresh()) announce(word("updated"));
            version = next;
            pause = 1_000;
        } catch (error) {
            if (error instanceof ApiError && error.code === "session.none") return;
            await sleep(pause);
            pause = Math.min(pause * 2, 30_000);
        }
    }
}

export function enhanceLive(): void {
    for (const name of ["pointerdown", "keydown", "focus", "scroll"]) {
        addEventListener(name, () => (lastSeen = Date.now()), { capture: true, passive: true });
    }
    if (document.querySelector("[data-live]") !== null) void follow();
}
