/** A stranger with a fresh machine opens the link that the server printed, and has a workspace. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';

test('the first owner sets up the workspace and sees the first channel', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newVisitor('Ada Lovelace');
  const { page } = ada;

  await page.goto(house.setupLink);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await ada.inspect('set-up');

  await page.getByLabel('Workspace').fill('Analytical Society');
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await page.getByLabel('Email').fill('ada@example.org');
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: /set up|create|begin/i }).click();

  await page.waitForURL(/\/c\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { name: /general/i }).waitFor();
  await ada.inspect('first-channel');
});

test('the set-up link works once', async (t) => {
  const house = await openHouse(t);
  await house.newOwner();
  const stranger = await house.newVisitor('stranger');
  stranger.expectConsole(/status of 4\d\d/);

  await stranger.goto(house.setupLink);
  const body = stranger.page.locator('body');
  await body.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await body.getByLabel('Workspace').count(), 0);
});
