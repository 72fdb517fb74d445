import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import {
    address, closeBrowser, decide, desk, leave, logIn, openBrowser, openDetail, password, pdfWithScript, programFile,
    row, send, seriousViolations, splitFile, stranger, textFile, untilState,
} from "./desk.mjs";

before(openBrowser);
after(closeBrowser);

test("logging in: a stranger is asked, a wrong password is told kindly, a right one leads to sending", async () => {
    const page = await stranger("internet");
    await page.goto(address("internet", "/history"));
    assert.equal(new URL(page.url()).pathname, "/login");
    await logIn(page, "tanaka", "not the password");
    await page.locator(".problem", { hasText: "アカウントまたはパスワードが違います" }).waitFor();
    assert.equal(await page.locator("#account").inputValue(), "tanaka");
    await logIn(page, "tanaka");
    await page.locator("#send").waitFor();
    await page.locator(".person button").click();
    await page.locator(".notice", { hasText: "ログアウトしました" }).waitFor();
    await leave(page);
});

test("a file sent by button is ready on the other side for the same person, with what was removed", async () => {
    const file = pdfWithScript();
    const page = await desk("internet", "tanaka");
    await send(page, [file], { to: "lgwan" });
    await untilState(page, file.name, "受取可");
    await leave(page);

    const other = await desk("lgwan", "tanaka");
    await other.goto(address("lgwan", "/inbox"));
    await untilState(other, file.name, "受取可");
    const download = other.waitForEvent("download");
    await row(other, file.name).locator("a", { hasText: "ダウンロード" }).click();
    const saved = await download;
    assert.equal(saved.suggestedFilename(), file.name);
    const content = await readFile(await saved.path());
    assert.ok(content.subarray(0, 5).equals(Buffer.from("%PDF-")));
    assert.ok(!content.includes("JavaScript"), "the script is gone");
    await openDetail(other, file.name);
    await other.locator("#removed", { hasText: "pdf." }).waitFor();
    assert.match(await other.locator("#removed").innerText(), /JavaScript|スクリプト/);
    const receipt = other.waitForEvent("download");
    await other.locator("a", { hasText: "無害化証明" }).click();
    JSON.parse(await readFile(await (await receipt).path(), "utf8"));
    await leave(other);
});

test("several large files are sent in pieces, with progress", async () => {
    const files = [textFile("大きい", 9 * 1024 * 1024), textFile("小さい")];
    const page = await desk("internet", "tanaka");
    await send(page, files, { to: "lgwan" });
    for (const file of files) await row(page, file.name).waitFor();
    await leave(page);
});

test("the parts of a split archive, chosen in two steps, are sent as one; a part that is alone stays alone", async () => {
    const file = splitFile("分割", 3);
    const lone = splitFile("片割れ", 2).parts[1];
    const page = await desk("internet", "tanaka");
    const choose = async (files) => {
        const chooser = page.waitForEvent("filechooser");
        await page.locator("#choose").click();
        await (await chooser).setFiles(files);
    };
    await choose([file.parts[2], lone, file.parts[0]]);
    await page.locator(".queue-item", { hasText: file.parts[2].name }).waitFor();
    assert.equal(await page.locator(".queue-item").count(), 3);
    await choose([file.parts[1]]);
    await page.locator(".queue-item", { hasText: "分割ファイルの数: 3" }).waitFor();
    assert.equal(await page.locator(".queue-item").count(), 2);
    await page.locator("#zone_to").selectOption("lgwan");
    await page.locator("#send button.primary").click();
    await untilState(page, file.name, "受取可");
    await untilState(page, lone.name, "差戻し");
    assert.match(await row(page, lone.name).innerText(), /全ての分割ファイルをまとめて選んで/);
    await leave(page);

    const other = await desk("lgwan", "tanaka");
    await other.goto(address("lgwan", "/inbox"));
    const download = other.waitForEvent("download");
    await row(other, file.name).locator("a", { hasText: "ダウンロード" }).click();
    const content = await readFile(await (await download).path());
    assert.ok(content.includes(file.buffer), "the whole text, in its order");
    await leave(other);
});

test("a broken line does not lose a file", async () => {
    const file = textFile("途切れ", 9 * 1024 * 1024);
    const page = await desk("internet", "tanaka");
    let broken = 0;
    await page.route("**/api/v1/uploads/*", async (route) => {
        if (route.request().method() === "PATCH" && broken++ === 0) await route.abort("connectionreset");
        else await route.continue();
    });
    await send(page, [file], { to: "lgwan" });
    assert.ok(broken > 1);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    page.wrong.length = 0; // the break itself
    await leave(page);
});

test("approval: the approver sees the comment, approves, and the file is ready", async () => {
    const file = textFile("外部へ");
    const page = await desk("lgwan", "tanaka");
    await send(page, [file], { to: "internet", comment: "県への提出用です" });
    await untilState(page, file.name, "承認待ち");

    const approver = await desk("lgwan", "sato");
    await approver.goto(address("lgwan", "/approval"));
    await untilState(approver, file.name, "承認待ち");
    await openDetail(approver, file.name);
    assert.match(await approver.locator("#live-detail").innerText(), /県への提出用です/);
    await decide(approver, { approve: true });
    await approver.locator("#notice", { hasText: "承認しました" }).waitFor();
    await untilState(page, file.name, "受取可");
    await leave(approver);
    await leave(page);

    const other = await desk("internet", "tanaka");
    await other.goto(address("internet", "/inbox"));
    await untilState(other, file.name, "受取可");
    await leave(other);
});

test("sending back needs a reason, and the sender reads it", async () => {
    const file = textFile("要修正");
    const page = await desk("lgwan", "tanaka");
    await send(page, [file], { to: "internet" });
    await untilState(page, file.name, "承認待ち");

    const approver = await desk("lgwan", "sato");
    await approver.goto(address("lgwan", "/approval"));
    await openDetail(approver, file.name);
    await decide(approver, { approve: false });
    await approver.locator("#notice", { hasText: "理由が必要です" }).waitFor();
    await decide(approver, { approve: false, reason: "住所を消してください" });
    await approver.locator("#notice", { hasText: "差し戻しました" }).waitFor();
    await leave(approver);

    await untilState(page, file.name, "差戻し");
    await openDetail(page, file.name);
    assert.match(await page.locator("#live-detail").innerText(), /住所を消してください/);
    await leave(page);
});

test("a refused file says why and what to do next", async () => {
    const file = programFile();
    const page = await desk("internet", "tanaka");
    await send(page, [file], { to: "lgwan" });
    await untilState(page, file.name, "差戻し");
    assert.match(await row(page, file.name).innerText(), /次にすること/);
    await openDetail(page, file.name);
    assert.match(await page.locator("section.problem").innerText(), /差戻しの理由[\s\S]+次にすること/);
    await leave(page);
});

test("two people at once see only their own files", async () => {
    const [tanaka, suzuki] = await Promise.all([desk("internet", "tanaka"), desk("internet", "suzuki")]);
    const files = [textFile("田中の"), textFile("鈴木の")];
    await Promise.all([send(tanaka, [files[0]], { to: "lgwan" }), send(suzuki, [files[1]], { to: "lgwan" })]);
    await Promise.all([untilState(tanaka, files[0].name, "受取可"), untilState(suzuki, files[1].name, "受取可")]);
    assert.equal(await row(tanaka, files[1].name).count(), 0);
    assert.equal(await row(suzuki, files[0].name).count(), 0);
    await leave(tanaka);
    await leave(suzuki);
});

test("without script everything works by forms", async () => {
    const file = textFile("素のフォーム");
    const page = await desk("lgwan", "suzuki", { javaScriptEnabled: false });
    await page.locator("#zone_to").selectOption("internet");
    await page.locator("#comment").fill("スクリプトなし");
    await page.locator("#file").setInputFiles([file]);
    await page.locator("#send button.primary").click();
    await page.locator(".notice", { hasText: "受け付けました" }).waitFor();
    await row(page, file.name).waitFor();

    const approver = await desk("lgwan", "sato", { javaScriptEnabled: false });
    for (let i = 0; i < 60; ++i) {
        await approver.goto(address("lgwan", "/approval"));
        if ((await row(approver, file.name).count()) > 0) break;
        await approver.waitForTimeout(1000);
    }
    await openDetail(approver, file.name);
    await decide(approver, { approve: true });
    await approver.locator(".notice", { hasText: "承認しました" }).waitFor();
    await leave(approver);
    await leave(page);
});

test("in English, and remembered", async () => {
    const page = await desk("internet", "suzuki");
    await page.locator("a.language").click();
    await page.locator("h1", { hasText: "Send" }).waitFor();
    await page.goto(address("internet", "/inbox"));
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.match(await page.locator("nav.menu").innerText(), /Send[\s\S]*Receive[\s\S]*Approve[\s\S]*History/);
    await leave(page);
});

test("with the keyboard alone: log in, choose a file, send it", async () => {
    const page = await stranger("internet");
    const tabTo = async (selector) => {
        for (let i = 0; i < 40; ++i) {
            await page.keyboard.press("Tab");
            const there = await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
            if (there) return;
        }
        assert.fail(`Tab does not reach ${selector}`);
    };
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.matches(".skip")), "the skip link comes first");
    await tabTo("#account");
    await page.keyboard.type("tanaka");
    await tabTo("#password");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.locator("#send").waitFor();
    const file = textFile("キーボード");
    await tabTo("#choose");
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Enter");
    await (await chooser).setFiles([file]);
    await tabTo("#send button.primary");
    await page.keyboard.press("Enter");
    await row(page, file.name).waitFor();
    await leave(page);
});

test("no serious obstacle on any page, and no sideways scrolling at 320 CSS pixels", async () => {
    const check = async (page) => {
        const where = page.url();
        assert.deepEqual(await seriousViolations(page), [], where);
        await page.setViewportSize({ width: 320, height: 800 });
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(widths[0] <= widths[1], `${where} is ${widths[0]} pixels wide`);
        await page.setViewportSize({ width: 1280, height: 900 });
    };
    const nobody = await stranger("lgwan");
    await check(nobody);
    await leave(nobody);

    const page = await desk("lgwan", "tanaka");
    const chooser = page.waitForEvent("filechooser");
    await page.locator("#choose").click();
    await (await chooser).setFiles([textFile("とても長い名前のファイルです".repeat(4))]);
    await check(page);
    for (const path of ["/inbox", "/approval", "/history", "/nowhere"]) {
        await page.goto(address("lgwan", path));
        await check(page);
    }
    await page.goto(address("lgwan", "/"));
    await page.locator("#list tbody th a").first().click();
    await page.locator("#live-detail").waitFor();
    await check(page);
    await page.context().close();
});
