import { Select } from '@/ui/Select';
import { chosenDevice, type Kind } from '../engine/devices';
import { useText } from '../strings';

type DeviceFieldProps = { kind: Kind; label: string; devices: readonly MediaDeviceInfo[]; onChoose: (id: string) => void };

/** Only where there is a choice. */
export function DeviceField({ kind, label, devices, onChoose }: DeviceFieldProps) {
  const t = useText();
  const own = devices.filter((device) => device.kind === kind && device.deviceId !== '');
  if (own.length < 2) return null;
  const options = own.map(({ deviceId, label: name }, idx) => ({ value: deviceId, label: name || t('device_n', { n: idx + 1 }) }));
  const chosen = chosenDevice(kind);
  return <Select label={label} value={own.some(({ deviceId }) => deviceId === chosen) ? (chosen ?? '') : (own[0]?.deviceId ?? '')} options={options} onChange={onChoose} />;
}
