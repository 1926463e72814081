import { Component, type ReactNode } from 'react';
import { toHint } from '../../../core/model/hint.ts';
import { FailedPage } from '../../components/layout/empty.tsx';

const problem = {
  code: 'unexpected',
  message: 'Varvel’s window has stumbled over something.',
  hint: toHint('Nothing is lost: your keys and profiles are not kept in the window. Load it again.'),
};

/** A mistake in drawing one thing leaves a page that can be loaded again, and not an empty one. */
export class CrashPage extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="whole" aria-label="Varvel">
        <h1 className="unseen">Varvel</h1>
        <FailedPage problem={problem} onAgain={() => window.location.reload()} />
      </main>
    );
  }
}
