/* The service worker. It keeps the files of the site, which are the same for everybody, and
   one empty page. When a page of a sheet cannot be reached, that empty page comes instead
   and opens the sealed page of this user. No page with answers is ever in this cache. */
"use strict";

const SHEET = /^\/projecten\/[0-9]+\/gesprekken\/[0-9]+\/(blad\/[a-z-]+|wat-eerst)\/$/;
const PATIENCE = 8000;

const { cacheName, shell, files } = self.onDevice;
const kept = new Set(files);

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(cacheName);
    // Without cookies: what is kept here is the same for everybody.
    await cache.addAll([...files, shell].map((url) => new Request(url, { cache: "reload", credentials: "omit" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const clear = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

const fromCache = async (url) => (await (await caches.open(cacheName)).match(url)) ?? Response.error();

/* A network that never answers is no network. */
const fetchOr = (request, url) => {
  const patience = new Promise((_, reject) => self.setTimeout(reject, PATIENCE));
  return Promise.race([fetch(request), patience]).catch(() => fromCache(url));
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate" && (SHEET.test(pathname) || pathname === shell)) {
    event.respondWith(fetchOr(request, shell));
  } else if (kept.has(pathname)) {
    event.respondWith(fetchOr(request, pathname));
  }
});
