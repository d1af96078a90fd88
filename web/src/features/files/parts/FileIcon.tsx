import { IconFile, IconFileMusic, IconFileText, IconFileTypePdf, IconFileZip, IconMicrophone, IconMovie, IconPhoto } from '@tabler/icons-react';
import type { Attachment } from '@/api/types';

type FileIconProps = { name: string; kind: Attachment['kind']; className: string | undefined };

export function FileIcon({ name, kind, className }: FileIconProps) {
  const Icon = iconOf(name, kind);
  return (
    <span className={className}>
      <Icon size={22} stroke={1.5} aria-hidden="true" />
    </span>
  );
}

function iconOf(name: string, kind: Attachment['kind']) {
  if (kind === 'picture') return IconPhoto;
  if (kind === 'video') return IconMovie;
  if (kind === 'sound') return IconFileMusic;
  if (kind === 'voice') return IconMicrophone;
  if (kind === 'pdf') return IconFileTypePdf;
  if (/\.(zip|gz|tgz|7z|rar|xz)$/i.test(name)) return IconFileZip;
  return /\.(txt|md|docx?|odt|rtf)$/i.test(name) ? IconFileText : IconFile;
}
