// Requests to the portal's API. Every one of them says when the session has ended.

export class ApiError extends Error {
    constructor(readonly status: number, readonly code: string, readonly detail: string) {
        super(code);
    }
}

export const sessionOver = "sekisho-session-over";

export function csrf(): string {
    return document.body.dataset["csrf"] ?? "";
}

async function errorOf(response: Response): Promise<ApiError> {
    const told: unknown = await response.json().catch(() => undefined);
    const fields = typeof told === "object" && told !== null ? (told as Record<string, unknown>) : {};
    const code = typeof fields["code"] === "string" ? fields["code"] : "unknown";
    const detail = typeof fields["detail"] === "string" ? fields["detail"] : "";
    if (code === "session.none") document.dispatchEvent(new Event(sessionOver));
    return new ApiError(response.status, code, detail);
}

/** Rejects with ApiError, or with whatever fetch rejects with when the network is gone. */
export async function ask(method: string, path: string, options: RequestInit = {}): Promise<Response> {
    const headers = new Headers(options.headers);
    if (method !== "GET" && method !== "HEAD") headers.set("X-CSRF-Token", csrf());
    const response = await fetch(path, { ...options, method, headers, credentials: "same-origin", redirect: "error" });
    if (response.ok) return response;
    throw await errorOf(response);
}

export function askJson(method: string, path: string, body: unknown): Promise<Response> {
    return ask(method, path, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}
