import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Desktop, startAddress } from '../../electron/launch.ts';
import { newDesk, press, shownPage, soon, windows } from './desk.ts';

const desk = newDesk();
const { machine, open, opened } = desk;

/** The program with its page loaded, and the page. */
async function loaded(): Promise<{ desktop: Desktop; page: Page }> {
  const desktop = open();
  return { desktop, page: await shownPage(desktop) };
}

const start = startAddress;

test('no script and no link takes the page anywhere else', async () => {
  const { desktop, page } = await loaded();
  const elsewhere = [
    'https://example.com/',
    `${start}other.html`,
    'varvel://evil.example/',
    'http://127.0.0.1:1/',
  ];
  for (const url of elsewhere) {
    await page.evaluate((to) => {
      location.href = to;
    }, url);
    await expect
      .poll(async () => (await desktop.seen()).prevented.map((one) => one.url), soon)
      .toContain(url);
    expect(page.url()).toBe(start);
  }
  // what Chromium refuses by itself
  for (const url of ['file:///etc/passwd', 'data:text/html,<h1>x</h1>', 'javascript:document.title="ran"']) {
    await page.evaluate((to) => {
      location.href = to;
    }, url);
  }
  expect(page.url()).toBe(start);
  expect(await page.title()).not.toBe('ran');
  await page.evaluate(() => location.reload());
  await page.waitForLoadState('load');
  expect(page.url()).toBe(start);
});

test('no page opens a window; only addresses on the list go to the browser', async () => {
  const { desktop, page } = await loaded();
  const dashboard = new URL(machine().sandbox.environment.dashboardUrl);
  const allowed = [`${dashboard.origin}/dashboard/keys`, 'https://docs.fal.ai/model-apis'];
  const denied = [
    'https://example.com/',
    'http://docs.fal.ai/',
    'https://docs.fal.ai.example.com/',
    'https://someone:secret@docs.fal.ai/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'vscode://file/etc/passwd',
    'mailto:someone@example.com',
    `${start}second`,
  ];
  for (const url of [...denied, ...allowed]) {
    await page.evaluate((to) => void window.open(to), url);
    await page.waitForTimeout(50);
  }
  await expect.poll(() => opened().toSorted(), soon).toEqual(allowed.toSorted());
  await expect
    .poll(
      () =>
        page
          .context()
          .pages()
          .filter((one) => one.url().startsWith(start)).length,
      soon,
    )
    .toBe(1);
  expect(await windows(desktop)).toHaveLength(1);

  await page.evaluate((url) => {
    const link = Object.assign(document.createElement('a'), {
      href: url,
      target: '_blank',
      textContent: 'x',
    });
    document.body.append(link);
    link.click();
  }, 'https://fal.ai/pricing');
  await expect.poll(opened, soon).toContain('https://fal.ai/pricing');

  // a middle click asks for a window, too
  for (const url of ['https://example.com/middle', 'https://fal.ai/middle']) {
    await page.evaluate((href) => {
      const link = Object.assign(document.createElement('a'), { href, id: 'middle' });
      link.style.cssText = 'position:fixed;inset:0;z-index:9999';
      document.getElementById('middle')?.remove();
      document.body.append(link);
    }, url);
    await page.mouse.click(50, 50, { button: 'middle' });
  }
  await expect.poll(opened, soon).toContain('https://fal.ai/middle');
  expect(opened()).not.toContain('https://example.com/middle');
  expect(await windows(desktop)).toHaveLength(1);
  expect(page.url()).toBe(start);
});

test('the page is given no permission', async () => {
  const { page } = await loaded();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const states: Record<string, string> = {};
    for (const name of names) {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      states[name] = state;
    }
    return states;
  });
  expect(new Set(Object.values(states))).not.toContain('granted');
  const attempts = await page.evaluate(async () => {
    const refused = (work: () => Promise<unknown>) =>
      work().then(
        () => 'given',
        () => 'refused',
      );
    return [
      await refused(() => navigator.clipboard.readText()),
      await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
      await refused(
        () => new Promise((give, refuse) => navigator.geolocation.getCurrentPosition(give, refuse)),
      ),
      await Notification.requestPermission(),
    ];
  });
  expect(attempts).toEqual(['refused', 'refused', 'refused', 'denied']);
});

test('no page holds a webview', async () => {
  const { desktop, page } = await loaded();
  await page.evaluate(() => document.body.append(document.createElement('webview')));
  const hosted = await desktop.main(({ webContents }) =>
    webContents.getAllWebContents().map((one) => one.getType()),
  );
  expect(hosted).not.toContain('webview');
  // even a page that were allowed to hold one
  const held = await desktop.main(async ({ BrowserWindow, webContents }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
    await window.loadURL('data:text/html,<webview src="data:text/html,x"></webview>');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const types = webContents.getAllWebContents().map((one) => one.getType());
    window.destroy();
    return types;
  });
  expect(held).not.toContain('webview');
});

test('nothing is downloaded', async () => {
  const { desktop, page } = await loaded();
  await page.evaluate(() => {
    const href = URL.createObjectURL(new Blob(['x']));
    Object.assign(document.createElement('a'), { href, download: 'x.exe' }).click();
  });
  await expect
    .poll(async () => (await desktop.seen()).prevented.map(({ what }) => what), soon)
    .toContain('download');
});

test('no remote, inline or evaluated script runs, no frame loads, and nothing is asked of the network', async () => {
  const { page } = await loaded();
  const seen = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const put = (html: string) => document.body.append(document.createRange().createContextualFragment(html));
    put('<script src="https://example.com/x.js"></script>');
    put('<script>window.ran = true</script>');
    put('<img src="x" onerror="window.ran = true">');
    put('<iframe src="https://example.com"></iframe>');
    put('<iframe srcdoc="<script>parent.ran = true</script>"></iframe>');
    put('<object data="https://example.com/x"></object>');
    put('<link rel="stylesheet" href="https://example.com/x.css">');
    put('<img src="https://example.com/x.png">');
    const asked = await fetch('https://example.com/').then(
      () => 'answered',
      () => 'refused',
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    let evaluated = 'ran';
    try {
      new Function('return 1')();
    } catch {
      evaluated = 'refused';
    }
    return { violations: [...new Set(violations)].sort(), asked, evaluated, ran: 'ran' in window };
  });
  expect(seen).toMatchObject({ asked: 'refused', evaluated: 'refused', ran: false });
  expect(seen.violations).toEqual(
    expect.arrayContaining([
      'connect-src',
      'frame-src',
      'img-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-elem',
    ]),
  );
});

test('the program’s own page breaks its policy nowhere', async () => {
  const { desktop, page } = await loaded();
  for (const keys of ['ctrl+k', 'ctrl+p', 'ctrl+comma']) {
    await press(desk, keys);
    await page.waitForTimeout(200);
    await page.keyboard.press('Escape');
  }
  const { said } = await desktop.seen();
  expect(said.filter((text) => /^error/.test(text))).toEqual([]);
});

test('only the window’s own files are served, each with the policy', async () => {
  const { page } = await loaded();
  const answers = await page.evaluate(
    async (paths) => {
      const all: Record<string, { status: number; policy: boolean; sniffing: string | null }> = {};
      for (const path of paths) {
        const response = await fetch(path);
        all[path] = {
          status: response.status,
          policy: (response.headers.get('content-security-policy') ?? '').startsWith("default-src 'none'"),
          sniffing: response.headers.get('x-content-type-options'),
        };
      }
      return all;
    },
    [
      '/',
      '/index.html',
      '/nothing.js',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/..%5c..%5cpackage.json',
      '/assets',
      '/index.html%00.js',
      '/%ff',
    ],
  );
  for (const [path, { status, policy, sniffing }] of Object.entries(answers)) {
    expect({ path, status, policy, sniffing }).toEqual({
      path,
      status: path === '/' || path === '/index.html' ? 200 : 404,
      policy: true,
      sniffing: 'nosniff',
    });
  }
});
