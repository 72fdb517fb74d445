// Sends one file by tus 1.0.0: in pieces, each with its SHA-256, going on after a break where the server says. The parts
// of a split archive are sent as one, one behind the other.
import { ApiError, ask } from "./api";
import { Parcel } from "./sets";

const pieceSize = 8 * 1024 * 1024;
const longestPause = 30_000; // milliseconds
const patience = 10 * 60_000; // of being without a connection

export interface Target {
    zone: string;
    recipient: string;
    comment: string;
    passwords: string;
}

export interface Watcher {
    progress(bytes: number): void;
    paused(): void;
}

function base64(bytes: Uint8Array): string {
    let text = "";
    for (const octet of bytes) text += String.fromCharCode(octet);
    return btoa(text);
}

function metadata(fields: Record<string, string>): string {
    const encoder = new TextEncoder();
    return Object.entries(fields)
        .map(([name, value]) => `${name} ${base64(encoder.encode(value))}`)
        .join(",");
}

function mayPass(error: unknown): boolean {
    if (!(error instanceof ApiError)) return true; // the network
    // 409: the offset is another one; 460: a piece was damaged; 429 and 5xx: later.
    return [408, 409, 429, 460, 502, 503, 504].includes(error.status) && error.code !== "policy.none";
}

export class Upload {
    private address: string | undefined;
    private offset = 0;
    private readonly stop = new AbortController();

    private readonly content: Blob;

    constructor(private readonly parcel: Parcel, private readonly target: Target, private readonly watcher: Watcher) {
        this.content = new Blob([...parcel.parts]); // refers to the files, reads nothing
    }

    async run(): Promise<void> {
        let brokenSince: number | undefined;
        let pause = 500;
        while (this.offset < this.content.size || this.address === undefined) {
            try {
                if (brokenSince !== undefined) await this.askOffset();
                if (this.address === undefined) await this.create();
                if (this.offset < this.content.size) await this.sendPiece();
                brokenSince = undefined;
                pause = 500;
            } catch (error) {
                brokenSince ??= Date.now();
                const over = Date.now() - brokenSince > patience;
                if (this.stop.signal.aborted || over || !mayPass(error)) throw error;
                this.watcher.paused();
                await new Promise((resolve) => setTimeout(resolve, pause));
                pause = Math.min(pause * 2, longestPause);
            }
        }
    }

    async cancel(): Promise<void> {
        this.stop.abort();
        if (this.address !== undefined) {
            await ask("DELETE", this.address, { headers: { "Tus-Resumable": "1.0.0" } });
        }
    }

    private async create(): Promise<void> {
        const parts = this.parcel.parts;
        const response = await ask("POST", "/api/v1/uploads", {
            signal: this.stop.signal,
            headers: {
                "Tus-Resumable": "1.0.0",
                "Upload-Length": String(this.content.size),
                "Upload-Metadata": metadata({
                    filename: this.parcel.name,
                    zone_to: this.target.zone,
                    recipient: this.target.recipient,
                    comment: this.target.comment,
                    ...(this.target.passwords === "" ? {} : { passwords: this.target.passwords }),
                    ...(parts.length < 2 ? {} : { parts: parts.map((part) => part.size).join(" ") }),
                }),
            },
        });
        const location = response.headers.get("Location");
        if (location === null || !location.startsWith("/api/v1/uploads/")) throw new ApiError(500, "unknown", "");
        this.address = location;
    }

    private async askOffset(): Promise<void> {
        if (this.address === undefined) return;
        const response = await ask("HEAD", this.address, {
            signal: this.stop.signal,
            headers: { "Tus-Resumable": "1.0.0" },
        });
        this.take(response);
    }

    private async sendPiece(): Promise<void> {
        const piece = await this.content.slice(this.offset, this.offset + pieceSize).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", piece));
        const response = await ask("PATCH", this.address ?? "", {
            signal: this.stop.signal,
            body: piece,
            headers: {
                "Tus-Resumable": "1.0.0",
                "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": String(this.offset),
                "Upload-Checksum": `sha256 ${base64(digest)}`,
            },
        });
        this.take(response);
    }

    private take(response: Response): void {
        const offset = Number(response.headers.get("Upload-Offset"));
        if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.content.size) {
            throw new ApiError(500, "unknown", "");
        }
        this.offset = offset;
        this.watcher.progress(offset);
    }
}
