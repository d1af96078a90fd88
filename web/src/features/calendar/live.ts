/** The seam to live sessions, given in by the app: what leads from a meeting into one. */
import { createContext, type ComponentType } from 'react';
import type { Meeting } from '@/api/types';

export const MeetingLiveContext = createContext<ComponentType<{ meeting: Meeting }> | null>(null);
