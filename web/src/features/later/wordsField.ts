/** The seam to the composer's field, given in by the app: names are completed in it as one writes. */
import type { ComponentType } from 'react';
import type { ChannelRow } from '@/api/types';

export type WordsField = ComponentType<{ channel: ChannelRow; label: string; text: string; onText: (text: string) => void }>;
