// What the checks in a browser share: headless Chromium, a running service, pages that remember what they asked for.
//
// Needs Chromium (Debian: chromium; the variable CHROMIUM names another), npm install playwright-core axe-core (in any folder;
// name it in NODE_PATH), and a built program.

const { chromium } = require("playwright-core");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "..");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
// Every view in which a reader may have a page: its name, the size of its window, and what else the browser is told.
const VIEWS = [["desk", DESK, {}], ["phone", PHONE, { hasTouch: true, isMobile: true }], ["dark", DESK, { colorScheme: "dark" }]];
const ARTICLE = fs.readFileSync(path.join(ROOT, "examples/aleppo-truce.txt"), "utf8");

// The program that a script is told of, or the one built last.
const programOf = (argument) => path.resolve(argument || path.join(process.env.CARGO_TARGET_DIR || path.join(ROOT, "target"), "release/toponym"));

const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });

// `toponym serve` on a free port.
const serve = (program, ...more) =>
  new Promise((done, failed) => {
    const service = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...more], { cwd: ROOT });
    service.stderr.on("data", (text) => {
      const [url] = /http:\/\/\S+/.exec(String(text)) || [];
      if (url) done({ url, end: () => service.kill() });
    });
    service.on("error", failed);
    service.on("exit", () => failed(new Error("the service has ended")));
  });

// A page in a window of its own. `requests` are those to others than the page's own origin, `complaints` what the console says.
const open = async (browser, url, viewport, options = {}) => {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 2, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const own = url.startsWith("file:") ? "file:" : `${new URL(url).origin}/`;
  page.home = url;
  page.requests = [];
  page.complaints = [];
  page.on("request", (request) => request.url().startsWith(own) || request.url().startsWith("blob:") || page.requests.push(request.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  await page.goto(url);
  await page.waitForTimeout(400);
  return page;
};

// Runs a script's `main`, and ends with 1 where it fails.
const run = (main) =>
  main().catch((error) => {
    console.error(error.stack || error);
    process.exit(1);
  });

module.exports = { ARTICLE, DESK, PHONE, ROOT, VIEWS, launch, open, programOf, run, serve };
