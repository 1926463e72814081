import { expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../web/chromium.ts';
import { newDesk, shownPage, soon } from './desk.ts';

const desk = newDesk();
const { open, opened } = desk;

test('a device code is confirmed in the system’s browser, and the window goes on by itself', async () => {
  const system = await launchChromium();
  onTestFinished(() => system.close());
  const desktop = open();
  const page = await shownPage(desktop);
  page.setDefaultTimeout(soon.timeout);
  const signedIn = page.evaluate(async () =>
    window.varvel?.call('identities.signIn', { run: 'by-device-code', connection: 'github', flow: 'device' }),
  );
  await expect.poll(() => opened().length, soon).toBe(1);
  const tab = await system.newPage();
  await tab.goto(opened()[0] ?? '');
  const confirm = tab.getByRole('button', { name: /confirm/i });
  const person = tab.locator('button[data-person="ada"]');
  // the code first or the person first, as the page asks
  for (let step = 0; step < 3; step += 1) {
    const next = await Promise.race([
      confirm.waitFor().then(() => confirm),
      person.waitFor().then(() => person),
      tab
        .getByText(/you can close|signed in|all set/i)
        .first()
        .waitFor()
        .then(() => null),
    ]);
    if (!next) break;
    await next.click();
    await tab.waitForLoadState();
  }
  expect(await signedIn).toMatchObject({ ok: { identity: { email: 'ada@example.com' } } });
  // the welcome gives way to the screens
  await page.getByRole('navigation', { name: 'Varvel' }).waitFor();
});
