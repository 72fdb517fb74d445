// A browser, people at their desks, and files to send.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const addresses = { internet: process.env.SEKISHO_INTERNET_URL, lgwan: process.env.SEKISHO_LGWAN_URL };
export const password = process.env.SEKISHO_PASSWORD;
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
const cookies = new Map(); // one log-in a person and zone: too many in a minute are refused

export async function openBrowser() {
    for (const [zone, address] of Object.entries(addresses)) assert.ok(address, `no address is given for ${zone}`);
    assert.ok(password, "SEKISHO_PASSWORD is not set");
    browser = await chromium.launch({
        executablePath: "/usr/bin/chromium",
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
            "--disable-sync",
            "--disable-component-update",
            "--disable-quic",
        ],
    });
}

export async function closeBrowser() {
    await browser?.close();
}

export function address(zone, path = "/") {
    return new URL(path, addresses[zone]).href;
}

/** A page of a new browser context, logged in as nobody. */
export async function stranger(zone, options = {}) {
    const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        locale: "ja-JP",
        acceptDownloads: true,
        viewport: { width: 1280, height: 900 },
        ...options,
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    page.on("filechooser", () => undefined); // from the beginning: a key press opens one at once
    page.wrong = [];
    page.on("console", (message) => {
        // What the browser says when the server answers 4xx is no defect of the page.
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
            page.wrong.push(message.text());
        }
    });
    page.on("pageerror", (error) => page.wrong.push(String(error)));
    await page.goto(address(zone, "/login"));
    return page;
}

export async function logIn(page, account, secret = password) {
    await page.locator("#account").fill(account);
    await page.locator("#password").fill(secret);
    await page.locator("form.narrow button").click();
}

/** The person's send page. */
export async function desk(zone, account, options = {}) {
    const page = await stranger(zone, options);
    const key = `${zone}/${account}`;
    if (cookies.has(key)) await page.context().addCookies(cookies.get(key));
    await page.goto(address(zone));
    if (new URL(page.url()).pathname === "/login") {
        await logIn(page, account);
        await page.locator("#send").waitFor();
        cookies.set(key, await page.context().cookies());
    }
    return page;
}

export async function leave(page) {
    assert.deepEqual(page.wrong, [], "errors in the page's console");
    await page.context().close();
}

/** Sends files with the button, as a person does. */
export async function send(page, files, { to, comment } = {}) {
    if (to !== undefined) await page.locator("#zone_to").selectOption(to);
    if (comment !== undefined) await page.locator("#comment").fill(comment);
    const chooser = page.waitForEvent("filechooser");
    await page.locator("#choose").click();
    await (await chooser).setFiles(files);
    await page.locator("#send button.primary").click();
    for (const file of files) {
        await page.locator(".queue-item", { hasText: file.name }).locator("text=/送信しました|sent/").waitFor();
    }
}

export function row(page, name) {
    return page.locator("#list tbody tr", { hasText: name });
}

/** Waits until the list shows the file in a state; the page must bring itself up to date. */
export async function untilState(page, name, state) {
    await row(page, name).locator(".badge", { hasText: state }).waitFor({ timeout: 90_000 });
}

export async function openDetail(page, name) {
    await row(page, name).locator("th a").click();
    await page.locator("#live-detail").waitFor();
}

export async function decide(page, { approve, reason }) {
    if (reason !== undefined) await page.locator("#reason").fill(reason);
    const secret = page.locator("#decide input[type=password]");
    if ((await secret.count()) > 0) await secret.fill(password);
    await page.locator(`#decide button[value=${approve ? "yes" : "no"}]`).click();
}

export async function seriousViolations(page) {
    await page.evaluate(axeSource);
    const found = await page.evaluate(() =>
        globalThis.axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }),
    );
    return found.violations
        .filter((violation) => ["serious", "critical"].includes(violation.impact))
        .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" ")}`);
}

let number = 0;
const run = Date.now().toString(36);
/** A file name that no other test uses. */
export function named(stem, extension) {
    return `${stem}-${run}-${++number}.${extension}`;
}

export function textFile(stem, size = 1000) {
    return {
        name: named(stem, "txt"),
        mimeType: "text/plain",
        buffer: Buffer.from("予算の説明です。\n".repeat(Math.ceil(size / 25))),
    };
}

/** A packed text, cut into parts. */
export function splitFile(stem, count) {
    const { name, buffer } = textFile(stem);
    const packed = gzipSync(buffer);
    const size = Math.ceil(packed.length / count);
    const parts = Array.from({ length: count }, (_, i) => ({
        name: `${name}.gz.${String(i + 1).padStart(3, "0")}`,
        mimeType: "application/octet-stream",
        buffer: packed.subarray(i * size, (i + 1) * size),
    }));
    return { name, whole: `${name}.gz`, buffer, parts };
}

export function programFile() {
    const buffer = Buffer.alloc(4096);
    buffer.write("MZ");
    return { name: named("道具", "pdf"), mimeType: "application/pdf", buffer };
}

/** A PDF whose only page says something, and which runs a script when it is opened. */
export function pdfWithScript() {
    const objects = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " +
            "/Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length 40 >>\nstream\nBT /F1 24 Tf 72 720 Td (Hello there) Tj ET\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    objects[3] = objects[3].replace("40", String("BT /F1 24 Tf 72 720 Td (Hello there) Tj ET".length));
    let text = "%PDF-1.7\n";
    const offsets = objects.map((object, index) => {
        const at = text.length;
        text += `${index + 1} 0 obj\n${object}\nendobj\n`;
        return at;
    });
    const table = text.length;
    const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
    text += `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
    return { name: named("案内", "pdf"), mimeType: "application/pdf", buffer: Buffer.from(text, "latin1") };
}
