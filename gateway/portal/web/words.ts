// The page's own words for the script (see gateway/portal/page/texts.def): this file knows no language.

function template(): DocumentFragment | undefined {
    const found = document.getElementById("words");
    return found instanceof HTMLTemplateElement ? found.content : undefined;
}

export function word(name: string): string {
    return template()?.querySelector(`[data-word="${CSS.escape(name)}"]`)?.textContent ?? name;
}

/** What went wrong and what to do next, for an error code of the API. */
export function problem(code: string): string {
    const rows = template();
    const row =
        rows?.querySelector<HTMLElement>(`[data-problem="${CSS.escape(code)}"]`) ??
        rows?.querySelector<HTMLElement>('[data-problem="unknown"]');
    return row ? `${row.textContent ?? ""} ${row.dataset["help"] ?? ""}` : code;
}
