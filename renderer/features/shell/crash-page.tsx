import { Component, type ReactNode } from 'react';
import { toHint } from '../../../core/model/hint.ts';
import { FailedPage } from '../../components/layout/empty.tsx';
import { WholePage } from './whole-page.tsx';

const problem = {
  code: 'unexpected',
  message: 'Varvel’s window crashed.',
  hint: toHint('Your keys and profiles are safe. They aren’t stored in the window.'),
};

/** Shows a page to reload after a rendering error, instead of an empty window. */
export class CrashPage extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <WholePage>
        <FailedPage problem={problem} onRetry={() => window.location.reload()} />
      </WholePage>
    );
  }
}
