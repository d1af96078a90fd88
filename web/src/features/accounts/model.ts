/** Who may see and do what on the account screens. The server decides; this only hides what it would refuse. */
import type { Person, Role, TokenScope } from '@/api/types';

export type SettingsPage = 'profile' | 'time' | 'calls' | 'numbers' | 'appearance' | 'privacy' | 'sessions' | 'tokens' | 'people' | 'invitations' | 'workspace' | 'mail' | 'moderation' | 'audit' | 'health' | 'storage' | 'retention';

const ownPages = ['profile', 'time', 'calls', 'numbers', 'appearance', 'privacy', 'sessions', 'tokens'] as const;
/** Of those who look after channels, administrators or not. */
const moderatorPages = ['moderation'] as const;
const adminPages = ['people', 'invitations', 'workspace', 'mail', 'audit', 'health', 'storage', 'retention'] as const;

export function isAdmin(role: Role): boolean {
  return role === 'owner' || role === 'admin';
}

export function settingsPagesFor(role: Role, moderates: boolean): { own: readonly SettingsPage[]; admin: readonly SettingsPage[] } {
  const shared = moderates ? moderatorPages : [];
  return { own: ownPages, admin: isAdmin(role) ? [...adminPages, ...shared] : shared };
}

/** The page of that name, if this role has it. */
export function findSettingsPage(name: string, role: Role, moderates: boolean): SettingsPage | undefined {
  const { own, admin } = settingsPagesFor(role, moderates);
  return [...own, ...admin].find((page) => page === name);
}

/** Owners manage everybody else; administrators manage members and guests. Nobody manages themselves here. */
export function canManage(me: Pick<Person, 'id' | 'role'>, other: Pick<Person, 'id' | 'role'>): boolean {
  if (me.id === other.id) return false;
  if (me.role === 'owner') return true;
  return me.role === 'admin' && (other.role === 'member' || other.role === 'guest');
}

/** Roles that one may give to others. */
export function rolesToGive(role: Role): Role[] {
  return role === 'owner' ? ['owner', 'admin', 'member', 'guest'] : ['admin', 'member', 'guest'];
}

export type InvitationState = 'open' | 'used' | 'expired' | 'revoked';

export function invitationState(
  invitation: { revoked: boolean; n_uses: number; max_uses: number; expires_at: number },
  now: number,
): InvitationState {
  if (invitation.revoked) return 'revoked';
  if (invitation.n_uses >= invitation.max_uses) return 'used';
  return invitation.expires_at <= now ? 'expired' : 'open';
}

const scopes = ['read', 'write', 'messages:read', 'messages:write', 'people:read', 'files:read', 'files:write'] as const;

/** What a token may be good for. Nobody else has a use for an administrator's scope. */
export function scopesToGive(isAdmin: boolean): readonly TokenScope[] {
  return isAdmin ? [...scopes, 'admin'] : scopes;
}

type Underscored<Text extends string> = Text extends `${infer Area}:${infer Verb}` ? `${Area}_${Verb}` : Text;

export function scopeKey<Scope extends TokenScope>(scope: Scope): `scope_${Underscored<Scope>}` {
  return `scope_${scope.replace(':', '_')}` as `scope_${Underscored<Scope>}`;
}

export function scopeHintKey<Scope extends TokenScope>(scope: Scope): `scope_${Underscored<Scope>}_hint` {
  return `scope_${scope.replace(':', '_')}_hint` as `scope_${Underscored<Scope>}_hint`;
}

const mailTroubles = ['unreachable', 'tls', 'login', 'refused', 'later', 'timeout', 'broken', 'unsure', 'unfit', 'useless'] as const;

/** The words for why a letter did not go out; a word of a newer server is a broken line. */
export function mailTroubleKey(code: string): `mail_${(typeof mailTroubles)[number]}` {
  return `mail_${mailTroubles.find((known) => known === code) ?? 'broken'}`;
}
