import { use, type ComponentProps } from 'react';
import { PanelIsPage } from './panelContext';

/** A heading inside a panel: one below the panel's title, which is one higher where the panel is a page. */
export function PanelHeading(props: ComponentProps<'h3'>) {
  const Heading = use(PanelIsPage) ? 'h2' : 'h3';
  return <Heading {...props} />;
}
