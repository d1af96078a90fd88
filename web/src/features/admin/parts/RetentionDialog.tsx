import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { RetentionPreview, RetentionRule } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate } from '@/lib/time';
import { useDebounced } from '@/lib/useDebounced';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { countedMax, daysOf, previewQuery, useChangeRetention, useFollowAbove, type RetentionPlace } from '../retention';
import { useText } from '../strings';

/** How long messages stay in a place. What would go at once is counted first, and the name is typed. */
export function RetentionDialog({ place, rule, onClose }: { place: RetentionPlace; rule: RetentionRule | undefined; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [typed, setTyped] = useState(rule?.days ? String(rule.days) : '');
  const [keepMarked, setKeepMarked] = useState(rule?.keep_marked ?? true);
  const [confirm, setConfirm] = useState('');
  const change = useChangeRetention(place.id);
  const follow = useFollowAbove(place.id);
  const days = daysOf(typed);
  const asked = useDebounced(days);
  const { data: preview } = useQuery({ ...previewQuery(place.id, asked ?? 1, keepMarked), enabled: typeof asked === 'number' });
  const errors = fieldErrors(change.error);
  const isNamed = confirm.trim() === place.name;

  function save() {
    if (days !== undefined && isNamed) change.mutate({ days, keep_marked: keepMarked, confirm }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={t('retention_of', { name: place.name })}
      hint={t('retention_dialog_hint')}
      onClose={onClose}
      actions={
        <>
          {rule && place.kind !== 'workspace' && (
            <Button tone="outline" busy={follow.isPending} onClick={() => follow.mutate(undefined, { onSuccess: onClose })}>
              {t('follow_above')}
            </Button>
          )}
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={formId} tone={days === null ? 'primary' : 'danger'} busy={change.isPending} disabled={!isNamed || days === undefined}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <TextField
          data-autofocus
          inputMode="numeric"
          label={t('days_until_deleted')}
          hint={t('days_until_deleted_hint')}
          error={days === undefined ? t('days_wrong') : errors['days']}
          value={typed}
          onChange={setTyped}
        />
        <Switch label={t('keep_marked')} hint={t('keep_marked_hint')} checked={keepMarked} onChange={setKeepMarked} />
        <p role="status">
          {typeof days === 'number' && days === asked && preview && reach(preview, t)}
        </p>
        <TextField label={t('type_name', { name: place.name })} error={errors['confirm']} value={confirm} onChange={setConfirm} autoComplete="off" />
        <FormError error={Object.keys(errors).length === 0 ? (change.error ?? follow.error) : null} />
      </Form>
    </Dialog>
  );
}

/** How many messages would go at once, and since when the oldest lies there. */
function reach({ n_messages, oldest_at }: RetentionPreview, t: ReturnType<typeof useText>): string {
  const count = n_messages > countedMax ? t('more_go_at_once', { number: countedMax }) : t('go_at_once', { count: n_messages });
  return oldest_at === null ? count : `${count} ${t('oldest_from', { date: formatDate(oldest_at, currentLocale()) })}`;
}
