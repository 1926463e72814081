import { expect, it } from 'vitest';
import { fileName, shortPath, shortPaths } from '../../../renderer/format/path.ts';

it('a path in the home folder begins with ~', () => {
  expect(shortPath('/home/ada/shop/.env', '/home/ada')).toBe('~/shop/.env');
  expect(shortPath('/home/ada', '/home/ada/')).toBe('~');
  expect(shortPath('C:\\Users\\ada\\shop\\.env', 'C:\\Users\\ada')).toBe('~\\shop\\.env');
});

it('another’s home, and a home that is not known, shorten nothing', () => {
  expect(shortPath('/home/adalbert/.env', '/home/ada')).toBe('/home/adalbert/.env');
  expect(shortPath('/srv/.env', '')).toBe('/srv/.env');
  expect(shortPath('/srv/.env', '/')).toBe('/srv/.env');
});

it('the paths in a sentence begin with ~', () => {
  expect(shortPaths('“/home/ada/.zshrc:14” and /home/ada/.env', '/home/ada/')).toBe(
    '“~/.zshrc:14” and ~/.env',
  );
  for (const text of ['/srv/home/ada/.env', '/home/adalbert/.env', 'in /home/ada.'])
    expect(shortPaths(`See ${text}`, '/home/ada')).toBe(`See ${text}`);
  expect(shortPaths('/srv/.env', '/')).toBe('/srv/.env');
});

it('a file has a name', () => {
  expect(fileName('/home/ada/shop/.env')).toBe('.env');
  expect(fileName('C:\\shop\\.env')).toBe('.env');
});
