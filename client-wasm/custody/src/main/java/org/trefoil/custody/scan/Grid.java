package org.trefoil.custody.scan;

/**
 * Where the modules of a code lie in a picture: the plane through four of its points, as a camera
 * sees it.
 */
final class Grid {
  private final double[] h;

  /** The plane in which the points (u, v) of the code are seen at (x, y); four of each. */
  Grid(double[] u, double[] v, double[] x, double[] y) {
    // x = (h0 u + h1 v + h2) / (h6 u + h7 v + 1), y = (h3 u + h4 v + h5) / the same.
    double[][] rows = new double[8][];
    for (int i = 0; i < 4; i++) {
      rows[2 * i] = new double[] {u[i], v[i], 1, 0, 0, 0, -u[i] * x[i], -v[i] * x[i], x[i]};
      rows[2 * i + 1] = new double[] {0, 0, 0, u[i], v[i], 1, -u[i] * y[i], -v[i] * y[i], y[i]};
    }
    h = solved(rows);
  }

  /** Gauss and Jordan, with the largest pivot. */
  private static double[] solved(double[][] rows) {
    int n = rows.length;
    for (int i = 0; i < n; i++) {
      int pivot = i;
      for (int k = i + 1; k < n; k++) {
        pivot = Math.abs(rows[k][i]) > Math.abs(rows[pivot][i]) ? k : pivot;
      }
      double[] row = rows[pivot];
      rows[pivot] = rows[i];
      rows[i] = row;
      for (int k = 0; k < n; k++) {
        double factor = k == i ? 0 : rows[k][i] / row[i];
        for (int c = i; c <= n && factor != 0; c++) {
          rows[k][c] -= factor * row[c];
        }
      }
    }
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = rows[i][n] / rows[i][i];
    }
    return out;
  }

  double x(double u, double v) {
    return (h[0] * u + h[1] * v + h[2]) / (h[6] * u + h[7] * v + 1);
  }

  double y(double u, double v) {
    return (h[3] * u + h[4] * v + h[5]) / (h[6] * u + h[7] * v + 1);
  }

  /** Whether the module in this column and row is dark. */
  boolean dark(DarkPicture picture, double column, double row) {
    double u = column + 0.5;
    double v = row + 0.5;
    return picture.dark(x(u, v), y(u, v));
  }
}
