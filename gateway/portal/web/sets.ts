// Split archives among chosen files: all parts of one are sent together, as sanitizer/name/part.h has it.

/** What is sent as one: a file, or the parts of a split archive in their order. */
export interface Parcel {
    readonly name: string;
    readonly parts: readonly File[];
}

const mostParts = 256;

interface PartName {
    readonly kind: "numbered" | "zip" | "rar" | "older_rar";
    readonly whole: string;
    readonly number: number; // from 1
}

const forms: readonly [RegExp, (stem: string, digits: number) => PartName][] = [
    [/^(.+)\.part([0-9]{1,5})\.rar$/i, (stem, number) => ({ kind: "rar", whole: `${stem}.rar`, number })],
    [/^(.+)\.([0-9]{3})$/, (whole, number) => ({ kind: "numbered", whole, number })],
    [/^(.+)\.z([0-9]{2})$/i, (stem, number) => ({ kind: "zip", whole: `${stem}.zip`, number })],
    // "a.rar" is the first, "a.r00" the second.
    [/^(.+)\.r([0-9]{2})$/i, (stem, digits) => ({ kind: "older_rar", whole: `${stem}.rar`, number: digits + 2 })],
];

function partName(name: string): PartName | undefined {
    for (const [form, made] of forms) {
        const found = form.exec(name);
        const part = found === null ? undefined : made(found[1] ?? "", Number(found[2]));
        if (part !== undefined) return part.number > 0 ? part : undefined;
    }
    return undefined;
}

// Any program may number its files: only what starts like an archive is one that was cut in pieces.
const starts = [
    "PK\x03\x04", "PK\x07\x08", "PK00", "7z\xbc\xaf\x27\x1c", "Rar!\x1a\x07", "MSCF", "\x1f\x8b\x08", "BZh",
    "\xfd7zXZ\x00", "\x28\xb5\x2f\xfd",
];

async function startsLikeArchive(file: File): Promise<boolean> {
    const first = await file.slice(0, 8).arrayBuffer().catch(() => new ArrayBuffer(0));
    const bytes = new Uint8Array(first);
    const text = String.fromCharCode(...bytes);
    return starts.some((start) => text.startsWith(start));
}

interface Found {
    readonly part: PartName;
    readonly files: Map<number, File>;
}

function same(a: string, b: string): boolean {
    return a.normalize("NFC").toLowerCase() === b.normalize("NFC").toLowerCase();
}

// The part that is called like the whole: the last of a ZIP, the first of an older RAR.
function addWhole({ part, files }: Found, all: readonly File[]): void {
    const whole = all.find((file) => same(file.name, part.whole));
    const number = part.kind === "zip" ? Math.max(...files.keys()) + 1 : 1;
    if (whole !== undefined && (part.kind === "zip" || part.kind === "older_rar") && !files.has(number))
        files.set(number, whole);
}

async function inOrder({ part, files }: Found): Promise<File[] | undefined> {
    const parts: File[] = [];
    for (let number = 1; number <= files.size; ++number) {
        const file = files.get(number);
        if (file === undefined) return undefined;
        parts.push(file);
    }
    const [first, last] = [parts[0], parts[parts.length - 1]];
    if (first === undefined || last === undefined || parts.length < 2 || parts.length > mostParts) return undefined;
    if (part.kind === "zip" && !same(last.name, part.whole)) return undefined;
    if (part.kind === "numbered" && !(await startsLikeArchive(first))) return undefined;
    return parts;
}

/** Files that are no complete set stay alone. */
export async function parcels(all: readonly File[]): Promise<Parcel[]> {
    const found = new Map<string, Found>();
    for (const file of all) {
        const part = partName(file.name);
        if (part === undefined) continue;
        const key = `${part.kind} ${part.whole.normalize("NFC").toLowerCase()}`;
        const { files } = found.get(key) ?? found.set(key, { part, files: new Map() }).get(key)!;
        if (!files.has(part.number)) files.set(part.number, file);
    }
    const sets = new Map<File, Parcel>(); // by each of their parts
    for (const one of found.values()) {
        addWhole(one, all);
        const parts = await inOrder(one);
        if (parts === undefined) continue;
        const parcel = { name: one.part.whole, parts };
        for (const file of parts) sets.set(file, parcel);
    }
    const made = new Set<Parcel>();
    for (const file of all) made.add(sets.get(file) ?? { name: file.name, parts: [file] });
    return [...made];
}
