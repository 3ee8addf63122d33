// Looks at a page that is one file in a real browser: as wide as a telephone, a
// tablet, a screen, and as printed between the margins of an A4.
//
//     node look_at_page.cjs NODE_MODULES CHROMIUM PAGE [FOLDER]
//
// Prints for each of them what axe finds against accessibility, by how much the
// page is wider than the window, and which texts are cut off; and of the whole
// what the page asked for and what its console said. With FOLDER, pictures and
// the page as a PDF are left there, for those who look themselves.
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

const [modules, chromium, file, folder] = process.argv.slice(2);
const playwright = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core/axe.min.js"), "utf8");
// In CSS pixels; a sheet is 182 mm wide inside its margins.
const LOOKS = [
    { name: "telephone", width: 360 },
    { name: "tablet", width: 768 },
    { name: "screen", width: 1280 },
    { name: "sheet", width: 688, media: "print" },
];

// What the page shows of itself at the width it has now; runs in the page.
async function look() {
    const found = await window.axe.run(document, { resultTypes: ["violations"] });
    // What can be scrolled to is not cut off; on paper nothing can.
    const paper = matchMedia("print").matches;
    const cut = [...document.querySelectorAll("h1, h2, p, th, td, text")]
        .filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (paper || !one.closest("[tabindex]")) &&
                (box.left < -1 || box.right > innerWidth + 1);
        });
    return {
        violations: found.violations.map((one) => ({
            rule: one.id,
            where: one.nodes.map((node) => node.target.join(" ")),
        })),
        held: found.passes.length,
        tooWide: document.documentElement.scrollWidth - innerWidth,
        cut: cut.map((one) => one.textContent),
    };
}

async function main() {
    const browser = await playwright.chromium.launch({
        executablePath: chromium,
        args: ["--no-sandbox"],
    });
    const page = await browser.newPage({ bypassCSP: true });
    const asked = [], said = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    const looks = [];
    for (const { name, width, media } of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ media: media || "screen" });
        await page.evaluate(axe);
        looks.push({ name, ...(await page.evaluate(look)) });
        if (folder) {
            await page.screenshot({
                path: path.join(folder, `${name}.png`),
                fullPage: true,
            });
        }
    }
    if (folder) {
        await page.pdf({
            path: path.join(folder, "a4.pdf"),
            preferCSSPageSize: true,
        });
    }
    await browser.close();
    console.log(JSON.stringify({ asked, said, looks }));
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
