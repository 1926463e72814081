import { expect, it } from 'vitest';
import { button, inputsOf, withWindows } from '../in-window.ts';

const inWindow = withWindows();

it('code for a profile is shown for a language and a model, and copied', () =>
  inWindow({}, async (page, program) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, 'staging').click();
    await button(page, 'Code…').click();
    const dialog = page.getByRole('dialog', { name: 'Code for staging' });
    await dialog.getByText('fal_client.subscribe(').waitFor();
    await dialog.getByText('varvel run --profile staging -- python snippet.py').waitFor();
    await dialog.getByRole('radio', { name: 'JavaScript' }).check();
    await dialog.getByText('npm install @fal-ai/client').waitFor();
    await dialog.getByLabel('Model').fill('fal-ai/flux/dev');
    await dialog.getByText("fal.subscribe('fal-ai/flux/dev'").waitFor();
    await button(page, 'Copy code').click();
    await button(page, 'Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('fal-ai/flux/dev');
    await dialog.getByLabel('Model').fill('flux');
    await dialog.getByRole('alert').getByText('is not a model’s endpoint ID').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(inputsOf(program, 'profiles.snippet')).toContainEqual({
      name: 'staging',
      language: 'javascript',
      model: 'fal-ai/flux/dev',
    });
  }));
