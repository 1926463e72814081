/** The pages for a browser without access. They say only what to do. */

export const noticeStylePath = '/notice.css';

export const noticeStyle = `:root { color-scheme: light dark; }
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-content: center;
  padding: 2rem;
  font: 1rem/1.55 system-ui, sans-serif;
  color: light-dark(#1d1b18, #ece8e1);
  background: light-dark(#f6f3ee, #1a1816);
}
main { max-width: 30rem; }
h1 { margin: 0 0 0.75rem; font-size: 1.35rem; font-weight: 600; letter-spacing: -0.01em; }
p { margin: 0 0 0.75rem; color: light-dark(#57514a, #b3aca2); }
code, kbd {
  font: 0.9em ui-monospace, monospace;
  padding: 0.1em 0.35em;
  border-radius: 4px;
  color: light-dark(#1d1b18, #ece8e1);
  background: light-dark(#e9e4dc, #2b2825);
}
`;

const page = (title: string, ...paragraphs: string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Varvel</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${noticeStylePath}">
</head>
<body>
<main>
<h1>${title}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
</main>
</body>
</html>
`;

const howTo =
  'Press <kbd>Enter</kbd> in the terminal where <code>varvel web</code> is running to get a new link. No terminal? Stop Varvel and run <code>varvel web</code> again.';

/** For a link that was used, was replaced, or never existed. */
export const usedLinkPage = page('This link no longer works', 'Each link works once, in one browser.', howTo);

/** For a browser without a session. */
export const needsLinkPage = page(
  'Open Varvel with a link',
  'Varvel is running here, but this browser doesn’t have access yet.',
  howTo,
);
