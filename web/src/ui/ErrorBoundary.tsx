import { Component, type ReactNode } from 'react';

export type ErrorBoundaryProps = {
  /** A change, such as another address, is a new chance. */
  resetKey: string;
  fallback: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
};

type State = { broken: { error: unknown } | null; resetKey: string };

/** Keeps an error thrown while drawing from taking down more than its own part. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { broken: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { broken: { error } };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { broken: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    const { broken } = this.state;
    return broken ? this.props.fallback(broken.error, () => this.setState({ broken: null })) : this.props.children;
  }
}
