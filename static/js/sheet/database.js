/* The device's own database: four lists of small records. A write is only done when the
   browser says that it is on the disk, so that pulling the plug loses nothing. */

const NAME = "rechtencirkel";
const LISTS = ["keys", "pages", "drafts", "facts"];

let opening = null;

export const isAvailable = () => Boolean(window.indexedDB && window.crypto?.subtle && navigator.locks);

const open = () => {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => LISTS.forEach((list) => request.result.createObjectStore(list, { keyPath: "id" }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
};

const reading = async (list, ask) => {
  const request = ask((await open()).transaction(list).objectStore(list));
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
};

const writing = async (list, change) => {
  const transaction = (await open()).transaction(list, "readwrite", { durability: "strict" });
  change(transaction.objectStore(list));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
};

export const get = (list, id) => reading(list, (store) => store.get(id));

export const all = (list) => reading(list, (store) => store.getAll());

export const put = (list, record) => writing(list, (store) => store.put(record));

export const remove = (list, ids) => writing(list, (store) => ids.forEach((id) => store.delete(id)));

/* Keep what was there first: two windows may both want to be the one that makes it. */
export const putFirst = async (list, record) => {
  await writing(list, (store) => {
    store.get(record.id).onsuccess = (event) => {
      if (!event.target.result) {
        store.put(record);
      }
    };
  });
  return get(list, record.id);
};
