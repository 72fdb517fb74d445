// What a screen reader says, politely: one thing after another; and, if asked for, what everybody sees.

export function announce(text: string, visibly = false): void {
    const place = document.getElementById("announcer");
    if (place !== null) place.textContent = text;
    const notice = document.getElementById("notice");
    if (!visibly || notice === null) return;
    const line = document.createElement("p");
    line.textContent = text;
    notice.replaceChildren(line);
}
