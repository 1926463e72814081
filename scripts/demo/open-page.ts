// Opens a page in the system's browser: node scripts/demo/open-page.ts URL
import { falEnvironment } from '../../core/model/fal/fal-environment.ts';
import { createBrowser } from '../../platform/process/browser.ts';

const allowedHosts = [new URL(falEnvironment.dashboardUrl).host, 'docs.fal.ai'];
process.exitCode = (await createBrowser({ allowedHosts }).open(process.argv[2] ?? '')) ? 0 : 1;
