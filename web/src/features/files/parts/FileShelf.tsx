import { IconDownload } from '@tabler/icons-react';
import type { PostedFile } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { usePerson } from '@/realtime/people';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { TextLink } from '@/ui/TextLink';
import { sizeInWords } from '@/lib/size';
import { pathOf } from '../model';
import { useText } from '../strings';
import { FileIcon } from './FileIcon';
import styles from './Files.module.css';

export function FileShelf({ items }: { items: readonly PostedFile[] }) {
  const t = useText();
  return (
    <CardList label={t('gallery_files')}>
      {items.map((item) => (
        <Row key={item.file.id} item={item} />
      ))}
    </CardList>
  );
}

function Row({ item: { file, person_id, message_id, at } }: { item: PostedFile }) {
  const t = useText();
  const name = usePerson(person_id)?.name ?? '';
  const day = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium' }).format(at / 1000);
  return (
    <CardRow
      lead={<FileIcon className={styles.icon} name={file.name} kind={file.kind} />}
      title={file.name}
      text={t('gallery_row', { name, day, size: sizeInWords(file.size_bytes, currentLocale()) })}
      end={
        <>
          <TextLink to="/m/$messageId" params={{ messageId: message_id }}>
            {t('gallery_message')}
          </TextLink>
          <a className={styles.save} href={`${pathOf(file)}?download=true`} download={file.name} aria-label={t('download', { name: file.name })} title={t('download_short')}>
            <IconDownload size={20} stroke={1.6} aria-hidden="true" />
          </a>
        </>
      }
    />
  );
}
