/**
 * The seam to what other features can do with a message, given in by the app: items of its menu, and what each opens.
 */
import { createContext, useContext, type ComponentType } from 'react';
import type { Id, Message } from '@/api/types';

export type MenuItemsProps = { message: Message; me_id: Id; onChoose: (kind: string) => void };

export type MenuParts = {
  Items: ComponentType<MenuItemsProps>;
  /** What is asked first, by its kind. */
  dialogs: Readonly<Record<string, ComponentType<{ message: Message; onClose: () => void }>>>;
};

export const MenuContext = createContext<MenuParts | null>(null);

export function useMenuParts(): MenuParts | null {
  return useContext(MenuContext);
}
