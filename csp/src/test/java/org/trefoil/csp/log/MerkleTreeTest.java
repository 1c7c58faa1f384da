package org.trefoil.csp.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  // The eight entries and roots that implementations of Certificate Transparency test with.
  private static final List<String> ENTRIES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void rootsAreThoseOfOtherSoftware() {
    MerkleTree tree =
        new MerkleTree(
            ENTRIES.stream().map(hex -> Hash.ofEntry(HexFormat.of().parseHex(hex))).toList());
    for (int size = 0; size < ROOTS.size(); size++) {
      assertThat(HexFormat.of().formatHex(tree.rootAt(size).bytes())).isEqualTo(ROOTS.get(size));
    }
  }

  @Test
  void everyEntryOfEveryTreeIsProvenAndNoOtherEntryPlaceOrRoot() {
    Random random = new Random(6962);
    for (int size = 1; size <= 40; size++) {
      MerkleTree tree = tree(size);
      for (int index = 0; index < size; index++) {
        List<Hash> path = tree.inclusion(index);
        Hash entry = leaf(index);
        assertThat(MerkleTree.includes(index, size, entry, path, tree.root())).isTrue();
        assertThat(MerkleTree.includes(index, size, leaf(index + 1), path, tree.root())).isFalse();
        assertThat(MerkleTree.includes(index, size, entry, path, leaf(99))).isFalse();
        int other = (index + 1) % size;
        assertThat(size > 1 && MerkleTree.includes(other, size, entry, path, tree.root()))
            .isFalse();
        if (!path.isEmpty()) {
          List<Hash> bent = new ArrayList<>(path);
          bent.set(random.nextInt(path.size()), leaf(100));
          assertThat(MerkleTree.includes(index, size, entry, bent, tree.root())).isFalse();
          List<Hash> shorter = path.subList(1, path.size());
          assertThat(MerkleTree.includes(index, size, entry, shorter, tree.root())).isFalse();
        }
        List<Hash> longer = new ArrayList<>(path);
        longer.add(leaf(101));
        assertThat(MerkleTree.includes(index, size, entry, longer, tree.root())).isFalse();
      }
      assertThat(MerkleTree.includes(size, size, leaf(0), List.of(), tree.root())).isFalse();
    }
  }

  @Test
  void everyOlderTreeIsProvenToBeTheBeginningAndARewrittenOneIsNot() {
    for (int size = 1; size <= 40; size++) {
      MerkleTree tree = tree(size);
      for (int old = 1; old <= size; old++) {
        List<Hash> path = tree.consistency(old);
        Hash root = tree.rootAt(old);
        assertThat(MerkleTree.continues(old, root, size, tree.root(), path)).isTrue();
        assertThat(MerkleTree.continues(old, leaf(99), size, tree.root(), path)).isFalse();
        assertThat(MerkleTree.continues(old, root, size, leaf(99), path)).isFalse();
        List<Hash> rewritten = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          rewritten.add(leaf(i == old - 1 ? 77 : i));
        }
        MerkleTree other = new MerkleTree(rewritten);
        assertThat(MerkleTree.continues(old, root, size, other.root(), other.consistency(old)))
            .isFalse();
        List<Hash> longer = new ArrayList<>(path);
        longer.add(leaf(101));
        assertThat(MerkleTree.continues(old, root, size, tree.root(), longer)).isFalse();
      }
      assertThat(MerkleTree.continues(size + 1, leaf(1), size, tree.root(), List.of())).isFalse();
    }
  }

  private static MerkleTree tree(int size) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(leaf(i));
    }
    return new MerkleTree(leaves);
  }

  private static Hash leaf(int i) {
    return Hash.ofEntry(new byte[] {(byte) i});
  }
}
