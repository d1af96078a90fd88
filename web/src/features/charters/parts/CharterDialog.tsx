import { useId, useState } from 'react';
import type { Charter, CharterView } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { TextArea } from '@/ui/TextArea';
import { kinds, paceKey, pacesFor, sayPace, templateNames, templates, type Kind } from '../model';
import { useChangeCharter, type CharterPath } from '../queries';
import { useText } from '../strings';
import styles from './Charter.module.css';

const MAX_NOTE = 1000;

type CharterDialogProps = { path: CharterPath; view: CharterView; onClose: () => void };

export function CharterDialog({ path, view, onClose }: CharterDialogProps) {
  const t = useText();
  const formId = useId();
  const [charter, setCharter] = useState<Charter>(view.charter);
  const change = useChangeCharter(path);
  const save = () => change.mutate({ charter, version: view.version }, { onSuccess: onClose });

  function field(kind: Kind) {
    const paces = pacesFor(kind, charter[kind]);
    const said = view.expected[kind];
    // What would hold without this place saying anything is known only where it says nothing.
    const inherited = view.charter[kind] ? t('as_around') : t('as_around_is', { pace: sayPace(said.pace, t) });
    return (
      <Select
        key={kind}
        label={t(`kind_${kind}`)}
        hint={t(`kind_${kind}_hint`)}
        value={paceKey(charter[kind])}
        options={[{ value: '', label: inherited }, ...paces.map((pace) => ({ value: paceKey(pace), label: t('within', { pace: sayPace(pace, t) }) }))]}
        onChange={(key) => setCharter({ ...charter, [kind]: paces.find((pace) => paceKey(pace) === key) ?? null })}
      />
    );
  }

  return (
    <Dialog
      title={t('charter')}
      hint={t('dialog_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <div className={styles.buttons} role="group" aria-label={t('templates')}>
          <span>{t('templates')}</span>
          {templateNames.map((name) => (
            <Button key={name} size="s" onClick={() => setCharter({ ...charter, ...templates[name] })}>
              {t(`template_${name}`)}
            </Button>
          ))}
        </div>
        {kinds.map(field)}
        {!path.includes('/topics/') && (
          <Select
            label={t('tells_hosts')}
            hint={t('tells_hosts_hint')}
            value={charter.tells_hosts == null ? '' : charter.tells_hosts ? 'yes' : 'no'}
            options={[
              { value: '', label: t('as_around') },
              { value: 'yes', label: t('tells_hosts_yes') },
              { value: 'no', label: t('tells_hosts_no') },
            ]}
            onChange={(said) => setCharter({ ...charter, tells_hosts: said === '' ? null : said === 'yes' })}
          />
        )}
        <TextArea label={t('note')} hint={t('note_hint')} optional value={charter.note} onChange={(note) => setCharter({ ...charter, note })} maxLength={MAX_NOTE} />
        <FormError error={change.error} />
      </Form>
    </Dialog>
  );
}
