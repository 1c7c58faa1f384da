package org.trefoil.vault.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** An element of the document: an HTML or SVG one, an input where the methods say so. */
public interface Element extends JSObject {
  @JSProperty
  void setTextContent(String text);

  @JSProperty
  void setHidden(boolean hidden);

  @JSProperty
  int getScrollHeight();

  void setAttribute(String name, String value);

  void removeAttribute(String name);

  void appendChild(Element child);

  void replaceChildren();

  void remove();

  void focus();

  void click();

  void scrollIntoView();

  void setSelectionRange(int from, int to);

  /** A canvas's picture, for {@code 2d}. */
  Canvas getContext(String kind);

  @JSProperty
  void setWidth(int width);

  @JSProperty
  void setHeight(int height);

  /** The size of what a video shows; 0 before it shows anything. */
  @JSProperty
  int getVideoWidth();

  @JSProperty
  int getVideoHeight();

  @JSProperty("srcObject")
  void setStream(@Nullable MediaStream stream);

  void addEventListener(String type, Listener listener);

  /** What stands in an input. */
  @JSProperty
  String getValue();

  /** The same without a Java String. */
  @JSProperty("value")
  Text getValueText();

  @JSProperty
  void setValue(String value);

  @JSProperty
  void setDisabled(boolean disabled);

  @JSProperty
  boolean isChecked();

  @JSProperty
  void setChecked(boolean checked);

  /** Selects all that stands in an input. */
  void select();

  /** Whether it is part of the document now. */
  @JSProperty("isConnected")
  boolean isConnected();

  /** The files that the person chose in an input for files. */
  @JSProperty
  Items<PickedFile> getFiles();
}
