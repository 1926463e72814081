import type { FileFormat } from '../../../contract/rows.ts';

/** Each format's name, and what reads it. */
export const formats: Record<FileFormat, { title: string; readers: string }> = {
  dotenv: {
    title: 'dotenv',
    readers: 'dotenv: read by most frameworks, Docker Compose, Python and Ruby, and by node --env-file.',
  },
  envrc: { title: 'direnv', readers: 'direnv: loads the .envrc of a folder as you enter it.' },
  docker: { title: 'docker', readers: 'docker: read by docker run --env-file.' },
  systemd: { title: 'systemd', readers: 'systemd: read as a unit’s EnvironmentFile.' },
  github: { title: 'GitHub Actions', readers: 'GitHub Actions: the lines of the file $GITHUB_ENV.' },
  json: {
    title: 'JSON',
    readers: 'JSON: an object with the variable in it, for programs that read their own.',
  },
};

export const formatNames: readonly FileFormat[] = ['dotenv', 'envrc', 'docker', 'systemd', 'github', 'json'];
