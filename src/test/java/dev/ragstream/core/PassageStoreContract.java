package dev.ragstream.core;

/** What every {@link PassageStore} keeps to. */
public interface PassageStoreContract extends StoreWritingContract, StoreSearchContract {}
