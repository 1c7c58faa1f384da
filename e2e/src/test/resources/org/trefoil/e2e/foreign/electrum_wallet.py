"""Electrum (Debian's package) without its windows and without a server, on regtest: makes a multi-signature wallet from what a
person would type into its wizard, or opens a wallet file, says its first addresses, and signs a PSBT.

One JSON object comes in:  {"file": path} or {"wallet_type", "kind", "path", "keys": [words or master public key]}, and "psbt" or not.
One goes out:              {"receive": [...], "change": [...], "psbt": base64 or "", "tx": hex where it is complete, else ""}
"""
import json
import os
import sys
import tempfile

from electrum import constants, keystore
from electrum.simple_config import SimpleConfig
from electrum.storage import WalletStorage
from electrum.transaction import PartialTransaction
from electrum.util import create_and_start_event_loop
from electrum.wallet import Multisig_Wallet, Wallet
from electrum.wallet_db import WalletDB

ADDRESSES = 100


def typed(text, path, kind):
    """A keystore as the wizard makes it: of a BIP-0039 seed without a passphrase, or of a cosigner's key."""
    if " " not in text:
        return keystore.from_master_key(text)
    right, known = keystore.bip39_is_checksum_valid(text)
    assert right and known
    return keystore.from_bip43_rootseed(keystore.bip39_to_seed(text, ""), path, xtype=kind)


def open_wallet(request, config):
    if "file" in request:
        storage = WalletStorage(request["file"])
        return Wallet(WalletDB(storage.read(), manual_upgrades=False), storage, config=config)
    db = WalletDB("", manual_upgrades=False)
    db.put("wallet_type", request["wallet_type"])
    for number, key in enumerate(request["keys"], 1):
        db.put("x%d/" % number, typed(key, request["path"], request["kind"]).dump())
    return Multisig_Wallet(db, None, config=config)


def main():
    request = json.load(sys.stdin)
    constants.set_regtest()
    create_and_start_event_loop()
    with tempfile.TemporaryDirectory() as folder:
        config = SimpleConfig({"electrum_path": folder, "regtest": True, "offline": True})
        wallet = open_wallet(request, config)
        while len(wallet.get_receiving_addresses()) < ADDRESSES:
            wallet.create_new_address(False)
        while len(wallet.get_change_addresses()) < ADDRESSES:
            wallet.create_new_address(True)
        answer = {
            "receive": wallet.get_receiving_addresses()[:ADDRESSES],
            "change": wallet.get_change_addresses()[:ADDRESSES],
            "psbt": "",
            "tx": "",
        }
        if "psbt" in request:
            tx = PartialTransaction.from_raw_psbt(request["psbt"])
            wallet.sign_transaction(tx, None)
            answer["psbt"] = tx._serialize_as_base64()
            if tx.is_complete():
                answer["tx"] = tx.serialize()
        json.dump(answer, sys.stdout)
        sys.stdout.flush()
        os._exit(0)  # its own threads would go on


main()
