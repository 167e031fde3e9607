"""The demo's PDF attachments, with real text in them."""

from fpdf import FPDF

from news.metadata.share_picture.drawing import FONT

MARGIN = 25  # mm


def make_pdf(title: str, text: str, agency: str) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    pdf.set_title(title)
    pdf.set_lang("vi")
    pdf.add_font("Be Vietnam Pro", fname=FONT)
    pdf.add_page()
    pdf.set_font("Be Vietnam Pro", size=11)
    pdf.multi_cell(0, 6, agency.upper(), align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(12)
    pdf.set_font("Be Vietnam Pro", size=16)
    pdf.multi_cell(0, 9, title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(8)
    pdf.set_font("Be Vietnam Pro", size=12)
    for paragraph in text.strip().split("\n"):
        pdf.multi_cell(0, 7, paragraph.strip(), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    return bytes(pdf.output())
