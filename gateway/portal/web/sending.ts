// The send form with script: drop area, a list of files with progress, uploads one after another.
import { ApiError } from "./api";
import { announce } from "./announce";
import { refresh } from "./live";
import { Parcel, parcels } from "./sets";
import { Target, Upload } from "./tus";
import { problem, word } from "./words";

const announceEvery = 5_000; // milliseconds

function bytesText(bytes: number): string {
    const [unit, name] = bytes < 1024 * 1024 ? [1024, "KB"] : [1024 * 1024, "MB"];
    return `${(bytes / unit).toFixed(1)} ${name} (${bytes.toLocaleString("en-US")})`;
}

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string): HTMLElementTagNameMap[Name] {
    const element = document.createElement(name);
    element.className = className;
    return element;
}

/** One file of the list, or one split archive: its row, and its upload once it has begun. */
class Item {
    readonly row = make("li", "queue-item");
    private readonly state = make("span", "queue-state");
    private readonly bar = make("progress", "queue-bar");
    private readonly button = make("button", "quiet");
    private upload: Upload | undefined;
    private announced = Date.now();
    ended = false;

    constructor(readonly parcel: Parcel, private readonly dropped: (item: Item) => void) {
        const bytes = parcel.parts.reduce((sum, part) => sum + part.size, 0);
        const name = make("bdi", "queue-name");
        name.textContent = parcel.name;
        const size = make("span", "hint");
        size.textContent = bytesText(bytes);
        if (parcel.parts.length > 1) size.textContent += ` ${word("parts")}: ${parcel.parts.length}`;
        this.bar.max = Math.max(bytes, 1);
        this.bar.value = 0;
        this.bar.setAttribute("aria-label", parcel.name);
        this.bar.hidden = true;
        this.button.type = "button";
        this.label(word("remove"));
        this.button.addEventListener("click", () => void this.drop());
        this.row.append(name, size, this.state, this.bar, this.button);
    }

    async send(target: Target): Promise<boolean> {
        this.bar.hidden = false;
        this.label(word("cancel"));
        this.say(word("sending"));
        this.upload = new Upload(this.parcel, target, {
            progress: (bytes) => this.progress(bytes),
            paused: () => this.say(word("paused"), true),
        });
        try {
            await this.upload.run();
            this.end(word("sent"), "sent");
            return true;
        } catch (error) {
            if (this.ended) return false;
            const code = error instanceof ApiError ? error.code : "network";
            const detail = error instanceof ApiError && code === "policy.refused" ? ` ${error.detail}` : "";
            this.end(`${word("failed")}: ${problem(code)}${detail}`, "failed");
            return false;
        }
    }

    get waits(): boolean {
        return this.upload === undefined && !this.ended;
    }

    private async drop(): Promise<void> {
        if (this.upload === undefined) {
            this.dropped(this);
            return;
        }
        this.end(word("cancelled"), "failed");
        await this.upload.cancel().catch(() => undefined);
    }

    private progress(bytes: number): void {
        this.bar.value = bytes;
        const percent = Math.floor((100 * bytes) / this.bar.max);
        this.say(`${word("sending")} ${percent}% ${bytesText(bytes)}`);
        if (Date.now() - this.announced < announceEvery) return;
        this.announced = Date.now();
        announce(`${this.parcel.name}: ${percent}%`);
    }

    private end(text: string, className: string): void {
        this.ended = true;
        this.bar.hidden = true;
        const focused = document.activeElement === this.button;
        this.button.remove();
        this.row.classList.add(className);
        this.say(text, true);
        if (focused) document.getElementById("choose")?.focus();
    }

    private say(text: string, aloud = false): void {
        this.state.textContent = text;
        if (aloud) announce(`${this.parcel.name}: ${text}`);
    }

    private label(text: string): void {
        this.button.textContent = text;
        this.button.setAttribute("aria-label", `${text}: ${this.parcel.name}`);
    }
}

function same(a: Parcel, b: Parcel): boolean {
    return a.parts.length === b.parts.length && a.parts.every((part, i) => part === b.parts[i]);
}

class Sending {
    private items: Item[] = [];
    private readonly list = make("ul", "queue");
    private busy = false;
    private adding: Promise<void> = Promise.resolve();

    constructor(private readonly form: HTMLFormElement, private readonly input: HTMLInputElement,
                private readonly drop: HTMLElement) {}

    begin(): void {
        this.list.setAttribute("aria-label", word("selected"));
        document.getElementById("queue")?.append(this.list);
        this.input.required = false;
        this.input.closest(".field")?.setAttribute("hidden", "");
        this.drop.querySelector(".drop-words")?.removeAttribute("hidden");
        this.drop.classList.add("active");
        const choose = document.getElementById("choose");
        choose?.removeAttribute("hidden");
        choose?.addEventListener("click", () => this.input.click());
        this.input.addEventListener("change", () => {
            this.add(this.input.files);
            this.input.value = "";
        });
        this.watchDrops();
        this.form.addEventListener("submit", (event) => {
            event.preventDefault();
            void this.sendAll();
        });
        addEventListener("beforeunload", (event) => {
            if (this.busy) event.preventDefault();
        });
    }

    private watchDrops(): void {
        const over = (on: boolean) => (event: Event) => {
            event.preventDefault();
            this.drop.classList.toggle("over", on);
        };
        this.drop.addEventListener("dragover", over(true));
        this.drop.addEventListener("dragleave", over(false));
        this.drop.addEventListener("drop", (event) => {
            over(false)(event);
            this.add(event.dataTransfer?.files ?? null);
        });
        // A file that misses the area must not replace the page.
        for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
    }

    private add(files: FileList | null): void {
        const chosen = Array.from(files ?? []);
        this.adding = this.adding.then(() => this.arrange(chosen));
    }

    // Parts of a split archive may be chosen in several steps: what waits is put together anew each time.
    private async arrange(chosen: readonly File[]): Promise<void> {
        for (;;) {
            const waiting = this.items.filter((item) => item.waits);
            const made = await parcels([...waiting.flatMap((item) => [...item.parcel.parts]), ...chosen]);
            // Some may have begun or been taken away while the others were looked at.
            if (!waiting.every((item) => item.waits && this.items.includes(item))) continue;
            const kept = waiting.filter(({ parcel }) => made.some((one) => same(one, parcel)));
            for (const item of waiting) if (!kept.includes(item)) this.remove(item);
            for (const parcel of made) if (!kept.some((item) => same(item.parcel, parcel))) this.append(parcel);
            break;
        }
        announce(`${word("selected")}: ${this.items.filter((item) => !item.ended).length}`);
    }

    private append(parcel: Parcel): void {
        const item = new Item(parcel, (gone) => {
            this.remove(gone);
            document.getElementById("choose")?.focus();
        });
        this.items.push(item);
        this.list.append(item.row);
    }

    private remove(item: Item): void {
        item.row.remove();
        this.items = this.items.filter((other) => other !== item);
    }

    private target(): Target {
        const fields = new FormData(this.form);
        const text = (name: string) => String(fields.get(name) ?? "");
        return {
            zone: text("zone_to"),
            recipient: text("recipient").trim(),
            comment: text("comment"),
            passwords: text("passwords"),
        };
    }

    private async sendAll(): Promise<void> {
        if (this.busy) return;
        await this.adding;
        if (this.busy) return;
        if (!this.items.some((item) => !item.ended)) {
            announce(word("none"), true);
            document.getElementById("choose")?.focus();
            return;
        }
        const target = this.target();
        this.busy = true;
        // Files that are added meanwhile are sent, too.
        for (let next = this.next(); next !== undefined; next = this.next()) {
            await next.send(target);
            await refresh().catch(() => undefined);
        }
        this.busy = false;
        const passwords = document.getElementById("passwords");
        if (passwords instanceof HTMLTextAreaElement) passwords.value = "";
    }

    private next(): Item | undefined {
        return this.items.find((item) => !item.ended);
    }
}

export function enhanceSending(): void {
    const form = document.getElementById("send");
    const input = document.getElementById("file");
    const drop = document.getElementById("drop");
    if (form instanceof HTMLFormElement && input instanceof HTMLInputElement && drop !== null) {
        new Sending(form, input, drop).begin();
    }
}
