import { settle } from '@/lib/settle';
import { Link } from '@/router/Link';
import type { Space } from '@/api/types';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { Face } from '@/ui/Face';
import { tellRefusal } from '@/ui/tellRefusal';
import { useJoinSpace } from '../changes';
import { useText } from '../strings';

export function SpaceRow({ space }: { space: Space }) {
  const t = useText();
  const join = useJoinSpace();
  const facts = [t(`kind_${space.kind}`), t('n_members', { count: space.n_members }), space.description];
  return (
    <CardRow
      lead={<Face id={space.id} name={space.name} size={36} />}
      title={
        <Link to="/browse/$spaceId" params={{ spaceId: space.id }}>
          {space.name}
        </Link>
      }
      text={facts.filter(Boolean).join(' · ')}
      end={
        space.my_role ? (
          !space.open && <Chip>{t('closed')}</Chip>
        ) : (
          <Button
            size="s"
            aria-label={t('join_name', { name: space.name })}
            busy={join.isPending}
            onClick={() => settle(join.mutateAsync(space.id), { onError: tellRefusal })}
          >
            {t('join')}
          </Button>
        )
      }
    />
  );
}
