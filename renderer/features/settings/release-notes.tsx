import styles from './release-notes.module.css';

/** The little Markdown that CHANGELOG.md uses: headings, paragraphs, and lists whose lines may go on indented. */
export function ReleaseNotes({ text }: { text: string }) {
  const blocks = text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  return (
    <div className={styles.notes}>
      {blocks.map((block) => {
        if (block.startsWith('#')) return <h3 key={block}>{plain(block.replace(/^#+\s*/, ''))}</h3>;
        if (!block.startsWith('- ')) return <p key={block}>{plain(block)}</p>;
        return (
          <ul key={block}>
            {block
              .slice(2)
              .split(/\n- /)
              .map((item) => (
                <li key={item}>{plain(item)}</li>
              ))}
          </ul>
        );
      })}
    </div>
  );
}

/** Without the marks of code, emphasis and links. */
const plain = (text: string): string =>
  text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ');
