"""Configuration of CKEditor: it offers only what news.text.html keeps."""

from typing import Any

from django.urls import reverse_lazy

from news.text.html.allowed import ALLOWED_ATTRIBUTES, ALLOWED_CLASSES, ALLOWED_TAGS


def editor_config(static_url: str) -> dict[str, Any]:
    return {
        "language": "vi",
        "width": "100%",
        "height": "auto",
        "toolbar": [
            ["Format"],
            ["Bold", "Italic", "Underline", "Superscript", "Subscript", "RemoveFormat"],
            ["NumberedList", "BulletedList", "Outdent", "Indent", "Blockquote"],
            ["JustifyLeft", "JustifyCenter", "JustifyRight", "JustifyBlock"],
            ["PhotoLibrary", "Image", "Table", "Link", "Unlink", "HorizontalRule", "SpecialChar"],
            ["PasteText", "Find", "Undo", "Redo", "Source", "Maximize"],
        ],
        "format_tags": "p;h2;h3;h4",
        "external_plugin_resources": [("photolibrary", f"{static_url}js/admin/", "editor-plugin.js")],
        "extraPlugins": "divarea,uploadimage,image2,photolibrary",
        "removePlugins": "image,preview,print,iframe,flash,scayt,wsc,exportpdf,save,newpage,templates,about,forms,"
        "smiley,elementspath,resize,a11yhelp,bidi,colorbutton,colordialog,copyformatting,div,font,language,liststyle,"
        "pagebreak,pastefromgdocs,pastefromlibreoffice,pastefromword,showblocks,stylescombo",
        "extraAllowedContent": allowed_content(),
        # Dialogs hide the fields whose content is disallowed here, because news.text.html would remove it.
        "disallowedContent": "*{*}; table[border,cellpadding,cellspacing,align,summary]; a[target]",
        "imageUploadUrl": reverse_lazy("ckeditor_upload"),
        "filebrowserImageBrowseUrl": reverse_lazy("ckeditor_browse"),
        "image2_alignClasses": ["align-left", "align-center", "align-right"],
        "image2_captionedClass": "image",
        "image2_disableResizer": True,
        "clipboard_handleImages": False,  # uploadimage takes pasted pictures to the library
        "justifyClasses": ["text-left", "text-center", "text-right", "text-justify"],
        "entities": False,
        "basicEntities": True,
        "versionCheck": False,
        "disableNativeSpellChecker": False,
        # The upload tabs need an inline script; the photo library uploads too.
        "removeDialogTabs": "link:advanced;link:target;link:upload;image2:Upload;"
        "table:advanced;tableProperties:advanced",
        "title": False,
        "linkDefaultProtocol": "https://",
        "toolbarCanCollapse": False,
    }


def allowed_content() -> str:
    """All that news.text.html keeps, as rules of CKEditor's filter: opening an article and saving it loses nothing."""
    rules = []
    for tag in sorted(ALLOWED_TAGS):
        attributes = ",".join(sorted(ALLOWED_ATTRIBUTES.get(tag, set()) | ALLOWED_ATTRIBUTES["*"]))
        classes = ",".join(sorted(ALLOWED_CLASSES.get(tag, set())))
        rules.append(f"{tag}[{attributes}]" + (f"({classes})" if classes else ""))
    return "; ".join(rules)
